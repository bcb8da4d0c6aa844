import SeqTestSupport

/// The levels of kernels that this CPU has, as the command names them.
enum CPULevel {
  static func available() throws -> [String] { try levels.get() }

  /// A level that no CPU has is refused with a list of those that this one has.
  private static let levels = Result {
    let complaint = try Workspace.classification().seqtool("fit", "config.json", environment: ["SEQTOOL_CPU": "none"])
    guard let list = complaint.stderr.split(separator: "(one of ").last?.split(separator: ")").first,
      complaint.status == 64
    else { throw Unexpected(complaint.stderr) }
    // The emulation differs in products of bf16 only.
    return list.split(separator: ", ").map(String.init).filter { $0 != "amx-emulated" }
  }
}
