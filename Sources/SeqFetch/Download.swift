import SeqCore

/// Fetches one file through the program `curl`, which knows proxies, certificates and the user's own settings.
///
/// What has come is kept beside the target as `NAME.part`, and gone on from there the next time.
struct Download {
  /// Tries before a broken connection is given up.
  private static let tries = 4

  let address: String
  let target: String
  let size: Int
  let sha256: String

  private var part: String { target + ".part" }

  /// Whether the file is there and is the right one.
  func isDone() throws(SeqError) -> Bool {
    guard DataFolder.size(of: target) == size else { return false }
    return try Digest.sha256(of: target) == sha256
  }

  /// Fetches the file and verifies it.
  /// - Parameter progress: is told how many bytes are there, some ten times a second.
  func run(_ progress: (Int) -> Void) throws(SeqError) {
    let made = Self.missingFolders(FileSystem.folder(of: target))
    do throws(SeqError) {
      try FileSystem.makeFolder(FileSystem.folder(of: target))
      try fetch(progress)
    } catch {
      if DataFolder.size(of: part) == 0 { try? FileSystem.remove(part) }
      for folder in made where FileSystem.names(in: folder).isEmpty { try? FileSystem.remove(folder) }
      throw error
    }
  }

  /// A folder and those above it, as far as they are not there; the lowest first.
  private static func missingFolders(_ path: String) -> [String] {
    var (missing, path) = ([String](), path)
    while !path.isEmpty, path != ".", !FileSystem.exists(path) {
      missing.append(path)
      path = FileSystem.folder(of: path)
    }
    return missing
  }

  private func fetch(_ progress: (Int) -> Void) throws(SeqError) {
    if let there = DataFolder.size(of: part), there > size { try FileSystem.remove(part) }
    var tries = 1
    while (DataFolder.size(of: part) ?? -1) < size {
      let before = DataFolder.size(of: part) ?? 0
      guard let failure = try attempt(progress) else { break }
      // A server that gives something each time is worth asking again.
      let gained = (DataFolder.size(of: part) ?? 0) > before
      if !failure.isTemporary || tries >= Self.tries { throw failure.error }
      tries += gained ? 0 : 1
      if !gained { DataFolder.pause(100 << tries) }
    }
    try verify()
  }

  private static let changed =
    "somebody changed it on its way: try another network, and report it if that does not help"

  private func verify() throws(SeqError) {
    let found = DataFolder.size(of: part) ?? 0
    let digest = try Digest.sha256(of: part)
    guard found == size, digest == sha256 else {
      try FileSystem.remove(part)
      throw .data(
        found == size
          ? "the SHA-256 is \(digest), expected \(sha256); the file was not kept"
          : "\(found) bytes came, expected \(size); the file was not kept", at: .file(address),
        remedy: Self.changed)
    }
    try DataFolder.rename(part, to: target)
  }

  /// One run of curl; `nil` if it succeeded.
  private func attempt(_ progress: (Int) -> Void) throws(SeqError) -> Failure? {
    let arguments = [
      "--fail", "--location", "--silent", "--show-error", "--proto", "=http,https", "--connect-timeout", "20",
      "--max-filesize", String(size), "--speed-limit", "1", "--speed-time", "30", "--continue-at", "-", "--output",
      part, "--write-out", "%{http_code}",
      "--", address,
    ]
    guard let child = try ChildProcess("curl", arguments) else {
      throw .missingInput(
        "curl is not installed; it is what files are fetched with", remedy: "apt install curl, or brew install curl")
    }
    while !child.hasEnded() {
      let there = DataFolder.size(of: part) ?? 0
      progress(min(there, size))
      // Of an answer that does not tell its length, curl learns too late that it is too long.
      if there > size { child.terminate() }
      DataFolder.pause(50)
    }
    let ending = child.finish()
    let there = DataFolder.size(of: part) ?? 0
    progress(min(there, size))
    if ending == .exited(63) || there > size {
      try FileSystem.remove(part)
      throw .data(
        "more than the \(size) bytes of the catalogue; the file was not kept", at: .file(address), remedy: Self.changed)
    }
    if ending == .exited(0) { return nil }
    return try Failure(ending, code: child.texts.output, message: child.texts.errors.firstLine, download: self)
  }

  /// What to do after a connection that ended too early.
  private var goingOn: String {
    let there = DataFolder.size(of: part) ?? 0
    return there == 0
      ? "run the command again" : "the first \(there) bytes are kept in \(part): run the command again to go on"
  }

  /// What came of a run of curl that failed.
  private struct Failure {
    let error: SeqError
    let isTemporary: Bool

    init(_ ending: ChildProcess.Ending, code: String, message: String, download: Download) throws(SeqError) {
      let place = Place.file(download.address)
      let text = message.drop { $0 != ")" }.dropFirst().drop { $0 == " " }
      switch ending {
      case .exited(22) where code == "416", .exited(33), .exited(36):
        // The server cannot go on where we stopped: begin again.
        try FileSystem.remove(download.part)
        error = .inputOutput("the server cannot resume a download", at: place)
        isTemporary = true
      case .exited(22):
        let known = ["404": ": there is no such file", "403": ": it is forbidden", "429": ": too many requests"]
        error = .missingInput(
          "the server answered \(code)\(known[code] ?? "")", at: place,
          remedy: code.hasPrefix("5") || code == "429" ? "try again later" : "the set may have moved: report it")
        isTemporary = code.hasPrefix("5")
      case .exited(23), .signalled(25):
        error = .inputOutput(
          "writing failed", at: .file(download.part), remedy: "is the disk full or the folder read-only?")
        isTemporary = false
      case .exited(let status):
        error = .inputOutput(
          text.isEmpty ? "curl ended with \(status)" : String(text), at: place, remedy: download.goingOn)
        // Cut connections and time-outs; not names that do not resolve or refused connections.
        isTemporary = [18, 28, 52, 55, 56, 92].contains(status)
      case .signalled(let number):
        error = .inputOutput("curl was ended by signal \(number)", at: place, remedy: download.goingOn)
        isTemporary = false
      }
    }
  }
}
