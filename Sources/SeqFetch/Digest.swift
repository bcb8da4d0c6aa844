import SeqCore

/// The SHA-256 of a file, computed by the system's own program.
enum Digest {
  private static let programs = [("sha256sum", ["--"]), ("shasum", ["-a", "256", "--"])]

  /// The digest as 64 hexadecimal digits.
  /// - Throws: `.missingInput` if the system has no such program, or the file cannot be read.
  static func sha256(of path: String) throws(SeqError) -> String {
    for (program, arguments) in programs {
      guard let child = try ChildProcess(program, arguments + [path]) else { continue }
      let ending = child.finish()
      let digest = child.texts.output.drop { $0 == "\\" }.prefix(64)
      guard ending == .exited(0), digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else {
        throw .inputOutput("\(program) failed: \(child.texts.errors.firstLine)", at: .file(path))
      }
      return digest.lowercased()
    }
    throw .missingInput(
      "neither sha256sum nor shasum is installed, so files cannot be verified", remedy: "install coreutils")
  }
}

extension String {
  var firstLine: String { split(separator: "\n").first.map(String.init) ?? "" }
}
