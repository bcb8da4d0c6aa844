int seqk_placeholder(void); int seqk_placeholder(void) { return 0; }
