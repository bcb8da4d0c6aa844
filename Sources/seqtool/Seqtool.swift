import ArgumentParser

@main struct Seqtool: ParsableCommand {}
