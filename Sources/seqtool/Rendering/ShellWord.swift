extension String {
  /// The text as one word of a POSIX shell: as it is if that is safe, else in single quotes.
  var shellWord: String {
    let isPlain = !isEmpty && utf8.allSatisfy { Self.plainBytes.contains($0) }
    return isPlain ? self : shellQuoted
  }

  /// The text in single quotes, as one word of a POSIX shell.
  var shellQuoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }

  private static let plainBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%".utf8)
}
