#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files and folders, through the C library alone. Every write goes to a file next to its target, is flushed to the
/// disk and then renamed over the target. A reader therefore sees the old content or the new one, never a part.
public enum FileSystem {
  /// Whether the path exists.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether the path is a folder.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the path exists, even as a broken link.
  public static func isTaken(_ path: String) -> Bool { exists(path) || isLink(path) }

  /// Whether this process may put files into a folder.
  public static func isWritable(_ folder: String) -> Bool { unsafe access(folder, W_OK | X_OK) == 0 }

  /// Whether a path is a file that can be read several times, unlike a pipe.
  public static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether the path is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The largest file, in bytes, that is read as a whole, unless its reader sets a lower limit: 1 GiB.
  public static let readLimit = 1 << 30

  /// The whole content of a file.
  ///
  /// - Parameter limit: in bytes. A larger file, or a device that does not end, is refused before memory is allocated
  ///   for it.
  /// - Throws: `.missingInput` if it cannot be opened, `.data` if it is larger than the limit, `.inputOutput` if reading
  ///   fails half-way.
  public static func read(_ path: String, limit: Int = readLimit) throws(SeqError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      let reason = systemMessage()
      throw .missingInput("cannot be opened: \(reason)", at: .file(path))
    }
    defer { close(file) }
    guard !isFolder(path) else { throw .missingInput("is a folder, expected a file", at: .file(path)) }
    var status = stat()
    let size = unsafe fstat(file, &status) == 0 ? Int(status.st_size) : 0
    if size > limit { throw tooLarge("\(size)", limit, path) }
    // One byte more than the file has, so that its end is found before the array has to grow.
    var content = [UInt8](repeating: 0, count: max(size, 4095) + 1)
    var end = 0
    while true {
      if end == content.count { content += [UInt8](repeating: 0, count: end) }
      let count = unsafe content.withUnsafeMutableBytes {
        unsafe systemRead(file, UnsafeMutableRawBufferPointer(rebasing: $0[end...]))
      }
      if count == 0 { break }
      guard count > 0 else {
        let reason = systemMessage()
        throw .inputOutput("reading failed: \(reason)", at: .file(path))
      }
      end += count
      if end > limit { throw tooLarge("more", limit, path) }
    }
    content.removeLast(content.count - end)
    return content
  }

  static func tooLarge(_ found: String, _ limit: Int, _ path: String) -> SeqError {
    .data("expected a file of at most \(limit) bytes, found \(found)", at: .file(path), remedy: "is it the right file?")
  }

  /// The content of a file as text.
  /// - Throws: as `read`, and `.data` if the content is not UTF-8.
  public static func readText(_ path: String, limit: Int = readLimit) throws(SeqError) -> String {
    let bytes = try read(path, limit: limit)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .data("is not UTF-8", at: .file(path)) }
    return text
  }

  /// Replaces the content of a file, or creates the file.
  public static func write(_ bytes: [UInt8], to path: String) throws(SeqError) {
    let place = WritingPlace(path)
    let file = place.open()
    guard file >= 0 else {
      let reason = systemMessage()
      throw .inputOutput("cannot be written: \(reason)", at: .file(path))
    }
    var isWritten = true
    var start = 0
    while start < bytes.count, isWritten {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe systemWrite(file, UnsafeRawBufferPointer(rebasing: $0[start...]))
      }
      isWritten = count > 0
      start += max(0, count)
    }
    // Devices and pipes have nothing to flush to a disk.
    isWritten = isWritten && (fsync(file) == 0 || errno == EINVAL)
    var reason = systemMessage()
    if close(file) != 0, isWritten { (isWritten, reason) = (false, systemMessage()) }
    if isWritten, !place.commit() { (isWritten, reason) = (false, systemMessage()) }
    guard isWritten else {
      place.discard()
      throw .inputOutput(
        "writing failed: \(reason)", at: .file(path), remedy: "is the disk full or the folder read-only?")
    }
  }

  /// Replaces the content of a file with text.
  public static func write(_ text: String, to path: String) throws(SeqError) { try write(Array(text.utf8), to: path) }

  /// Makes a folder and those above it. It may exist already.
  public static func makeFolder(_ path: String) throws(SeqError) {
    guard !isFolder(path) else { return }
    if let parent = path.lastIndex(of: "/"), parent > path.startIndex { try makeFolder(String(path[..<parent])) }
    guard unsafe mkdir(path, 0o755) != 0 else { return }
    // Asked for now, before another system call overwrites the reason of the one that failed.
    let reason = systemMessage()
    guard isFolder(path) else { throw .inputOutput("the folder cannot be made: \(reason)", at: .file(path)) }
  }

  /// The names in a folder, sorted; none if it cannot be read.
  public static func names(in folder: String) -> [String] {
    guard let handle = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Throws one error that lists all inputs that do not exist, so that you need not fix them one by one.
  public static func checkAllExist(_ paths: [String]) throws(SeqError) {
    var missing: [SeqError.Diagnostic] = []
    for path in paths where !exists(path) {
      for found in Self.missing(path).diagnostics where !missing.contains(found) { missing.append(found) }
    }
    if !missing.isEmpty { throw SeqError(.missingInput, missing) }
  }

  /// The error for a file that does not exist, with a file of a similar name in its folder if there is one.
  /// - Parameter endings: extensions that the user may have left out.
  public static func missing(_ path: String, endings: [String] = []) -> SeqError {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let folder = String(path[..<start])
    let name = String(path[start...])
    guard folder.isEmpty || isFolder(folder) else {
      return .missingInput("no such file, and no folder \(folder)", at: .file(path))
    }
    let names = names(in: folder.isEmpty ? "." : folder)
    let whole = names.first { endings.map { name + $0 }.contains($0) }
    let near = (whole ?? suggestion(for: name, among: names)).map { " — did you mean \"\(folder)\($0)\"?" }
    return .missingInput("no such file" + (near ?? ""), at: .file(path))
  }

  /// Removes a file, a link, or a folder with its content. The path need not exist.
  public static func remove(_ path: String) throws(SeqError) {
    let isWhole = isFolder(path) && !isLink(path)
    if isWhole { for name in names(in: path) { try remove(path + "/" + name) } }
    guard unsafe (isWhole ? rmdir(path) : unlink(path)) != 0, errno != ENOENT else { return }
    let reason = systemMessage()
    throw .inputOutput("cannot be removed: \(reason)", at: .file(path))
  }

  /// The absolute path without symbolic links, as far as it exists.
  public static func canonical(_ path: String) -> String {
    if let resolved = unsafe realpath(path, nil) {
      defer { unsafe free(resolved) }
      return unsafe String(cString: resolved)
    }
    let whole = absolute(path)
    guard whole != "/", let slash = whole.lastIndex(of: "/") else { return whole }
    let parent = canonical(String(whole[..<slash]))
    return (parent == "/" ? "" : parent) + whole[slash...]
  }

  /// A path resolved against a folder; absolute paths are unchanged.
  public static func resolve(_ path: String, against folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : folder + "/" + path
  }

  /// The absolute path without `.`, `..` and doubled slashes; symbolic links are not followed.
  public static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : workingFolder + "/" + path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The path without `.` and needless slashes, so that the file can be renamed and a file can be put next to it. A
  /// path with `..`, or that is only `.`, becomes absolute.
  public static func nameable(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard let last = parts.last, last != ".." else { return absolute(path) }
    let name = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    // A path through the folder itself would be invalid as soon as the folder is moved.
    return parts.contains("..") ? joined(canonical(folder(of: name)), String(last)) : name
  }

  /// The folder that a path stands for. If the path is a link, this is the link's target, so that the link stays when
  /// the folder is replaced.
  public static func replaceable(_ path: String) -> String {
    let name = nameable(path)
    return isLink(name) ? canonical(name) : name
  }

  /// The path of something in a folder.
  static func joined(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// A path as a person would type it: relative if it lies within the working folder, else absolute.
  public static func displayed(_ path: String) -> String {
    let seen = relative(path, from: workingFolder)
    return seen.hasPrefix("..") ? absolute(path) : seen
  }

  /// A path relative to a folder, so that the two can be moved together.
  public static func relative(_ path: String, from folder: String) -> String {
    let target = canonical(path).split(separator: "/")
    let start = canonical(folder).split(separator: "/")
    let common = zip(target, start).prefix { $0 == $1 }.count
    let parts = repeatElement("..", count: start.count - common) + target[common...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  /// The process's working folder.
  public static var workingFolder: String {
    guard let name = unsafe getcwd(nil, 0) else { return "/" }
    defer { unsafe free(name) }
    return unsafe String(cString: name)
  }

  /// The folder that holds a path.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  public static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The C library's message for the last failure. Call this right after the call that failed.
  public static func systemMessage() -> String { unsafe String(cString: strerror(errno)).lowercased() }
}

/// `read`, again after an interruption by a signal.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = unsafe read(file, buffer.baseAddress, buffer.count)
    if count >= 0 || errno != EINTR { return count }
  }
}

/// `write`, again after an interruption by a signal.
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  while true {
    let count = unsafe write(file, buffer.baseAddress, buffer.count)
    if count >= 0 || errno != EINTR { return count }
  }
}
