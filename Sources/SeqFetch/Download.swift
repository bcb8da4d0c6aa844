import SeqCore

/// Fetches one file with `curl`, which handles proxies, certificates and the user's own settings.
///
/// The received part is kept next to the target as `NAME.part`, and the next run continues from there.
struct Download {
  /// The number of tries before giving up on a broken connection.
  private static let tries = 4

  let address: String
  let target: String
  let size: Int
  let sha256: String

  private var part: String { target + ".part" }

  /// Whether the right file exists already.
  func isDone() throws(SeqError) -> Bool {
    guard DataFolder.size(of: target) == size else { return false }
    return try Digest.sha256(of: target) == sha256
  }

  /// Fetches the file and verifies it. Call this while you hold the lock of the target; its folder then exists.
  /// - Parameter progress: gets the number of bytes, about ten times a second.
  func run(_ progress: (Int) -> Void) throws(SeqError) {
    do throws(SeqError) {
      try fetch(progress)
    } catch {
      if DataFolder.size(of: part) == 0 { try? FileSystem.remove(part) }
      throw error
    }
  }

  private func fetch(_ progress: (Int) -> Void) throws(SeqError) {
    // A link does not come from us: somebody planted it so that we would write to another file.
    if !PartFile.isPlain(part) || (DataFolder.size(of: part) ?? 0) > size { try FileSystem.remove(part) }
    var tries = 1
    while (DataFolder.size(of: part) ?? -1) < size {
      let before = DataFolder.size(of: part) ?? 0
      guard let failure = try attempt(progress) else { break }
      // As long as each try brings more bytes, keep trying.
      let gained = (DataFolder.size(of: part) ?? 0) > before
      if !failure.isTemporary || tries >= Self.tries { throw failure.error }
      tries += gained ? 0 : 1
      if !gained { DataFolder.pause(100 << tries) }
    }
    try verify()
  }

  private static let changed =
    "it was changed in transit: try another network, and report it if that does not help"

  private func verify() throws(SeqError) {
    let found = DataFolder.size(of: part) ?? 0
    let digest = try Digest.sha256(of: part)
    guard found == size, digest == sha256 else {
      try FileSystem.remove(part)
      throw .data(
        found == size
          ? "the SHA-256 is \(digest), expected \(sha256); the file was not kept"
          : "received \(found) bytes, expected \(size); the file was not kept", at: .file(address),
        remedy: Self.changed)
    }
    try DataFolder.rename(part, to: target)
  }

  /// One run of curl; `nil` if it succeeded.
  private func attempt(_ progress: (Int) -> Void) throws(SeqError) -> Failure? {
    let file = try PartFile(part)
    var arguments = [
      "--fail", "--location", "--silent", "--show-error", "--no-buffer", "--proto", "=http,https", "--connect-timeout",
      "20",
      "--max-filesize", String(size), "--speed-limit", "1", "--speed-time", "30", "--write-out",
      "%{stderr}\\n%{http_code}",
    ]
    if file.size > 0 { arguments += ["--continue-at", String(file.size)] }
    guard let child = try ChildProcess("curl", arguments + ["--", address], isPiped: true) else {
      throw .missingInput(
        "curl is not installed; it is needed to fetch files", remedy: "apt install curl, or brew install curl")
    }
    do throws(SeqError) {
      try take(child, into: file, progress)
    } catch {
      child.terminate()
      _ = child.finish()
      throw error
    }
    let ending = child.finish()
    if ending == .exited(63) || file.size > size {
      try FileSystem.remove(part)
      throw .data(
        "received more than the \(size) bytes that the catalogue expects; the file was not kept", at: .file(address),
        remedy: Self.changed)
    }
    if ending == .exited(0) { return nil }
    let message = child.texts.errors
    return try Failure(ending, code: String(message.suffix(3)), message: message.firstLine, download: self)
  }

  /// Writes curl's output to the part, up to the expected size.
  private func take(_ child: ChildProcess, into file: PartFile, _ progress: (Int) -> Void) throws(SeqError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    progress(min(file.size, size))
    while true {
      guard let count = child.read(into: &buffer, milliseconds: 100) else {
        progress(min(file.size, size))
        continue
      }
      if count == 0 { return }
      try file.write(buffer[..<count])
      progress(min(file.size, size))
      // If an answer does not declare its length, curl notices too late that it is too long.
      if file.size > size { return child.terminate() }
    }
  }

  /// What to do after a connection that ended too early.
  private var goingOn: String {
    let there = DataFolder.size(of: part) ?? 0
    return there == 0
      ? "run the command again" : "the first \(there) bytes are kept in \(part): run the command again to continue"
  }

  /// A failed run of curl.
  private struct Failure {
    let error: SeqError
    let isTemporary: Bool

    init(_ ending: ChildProcess.Ending, code: String, message: String, download: Download) throws(SeqError) {
      let place = Place.file(download.address)
      let text = message.drop { $0 != ")" }.dropFirst().drop { $0 == " " }
      switch ending {
      case .exited(22) where code == "416", .exited(33), .exited(36):
        // The server cannot continue where we stopped, so start again.
        try FileSystem.remove(download.part)
        error = .inputOutput("the server cannot resume a download", at: place)
        isTemporary = true
      case .exited(22):
        let known = ["404": ": there is no such file", "403": ": it is forbidden", "429": ": too many requests"]
        error = .missingInput(
          "the server answered \(code)\(known[code] ?? "")", at: place,
          remedy: code.hasPrefix("5") || code == "429" ? "try again later" : "the set may have moved: report it")
        isTemporary = code.hasPrefix("5")
      case .exited(let status):
        error = .inputOutput(
          text.isEmpty ? "curl failed with status \(status)" : String(text), at: place, remedy: download.goingOn)
        // Broken connections and time-outs, but not unresolved names or refused connections.
        isTemporary = [18, 28, 52, 55, 56, 92].contains(status)
      case .signalled(let number):
        error = .inputOutput("curl was stopped by signal \(number)", at: place, remedy: download.goingOn)
        isTemporary = false
      }
    }
  }
}
