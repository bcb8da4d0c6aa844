/// The version of the toolkit and the command.
public let seqtoolVersion = "0.1.0"
