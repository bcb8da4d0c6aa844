import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output or standard error: complete writes, and colour only on a terminal.
struct Terminal {
  static let output = Terminal(descriptor: STDOUT_FILENO)
  static let error = Terminal(descriptor: STDERR_FILENO)

  private let descriptor: Int32
  /// Whether a person reads it.
  let isInteractive: Bool
  private let isColoured: Bool

  /// The style of a line.
  enum Style: String {
    case plain = ""
    case red = "\u{1B}[31m"
    case yellow = "\u{1B}[33m"
    case bold = "\u{1B}[1m"
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1 && variable("TERM") != "dumb"
    isColoured = isInteractive && (variable("NO_COLOR") ?? "").isEmpty
  }

  /// Writes a line to standard error; a failure cannot be reported anywhere.
  func line(_ text: String, style: Style = .plain) { try? writeLine(text, style: style) }

  /// Writes a line.
  /// - Throws: `.inputOutput` if the system refuses.
  func writeLine(_ text: String, style: Style = .plain) throws(SeqError) {
    if descriptor == STDERR_FILENO { LiveLine.erase() }
    let isStyled = isColoured && style != .plain
    try write((isStyled ? style.rawValue + text + "\u{1B}[0m" : text) + "\n")
  }

  /// Writes all of a text.
  /// - Throws: `.inputOutput` if the system refuses.
  func write(_ text: String) throws(SeqError) { try write(Array(text.utf8)) }

  /// Writes all of some bytes.
  /// - Throws: `.inputOutput` if the system refuses.
  func write(_ bytes: [UInt8]) throws(SeqError) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else {
        throw .inputOutput("writing to standard output failed: \(FileSystem.systemMessage())")
      }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// `write`, under a name that no method shadows.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

/// An environment variable.
func variable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
