int seqt_placeholder(void); int seqt_placeholder(void) { return 0; }
