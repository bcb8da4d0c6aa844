/// A public data set in the catalogue.
public struct PublicSet: Sendable {
  /// One file of a set.
  public struct File: Sendable {
    /// Its path in the set's folder, which may include subfolders.
    public let name: String
    /// Its path on the host.
    public let path: String
    /// Its size in bytes.
    public let size: Int
    /// The digest of its bytes, as 64 hexadecimal digits.
    public let sha256: String

    /// A file of a catalogue.
    public init(name: String, path: String, size: Int, sha256: String) {
      (self.name, self.path, self.size, self.sha256) = (name, path, size, sha256)
    }
  }

  /// Its name in the command.
  public let name: String
  /// A short description.
  public let about: String
  /// The licence that its owners state.
  public let licence: String
  /// Its source: a repository at a commit, or a page.
  public let source: String
  /// The URL that all of its files start with.
  public let base: String
  /// All of its files.
  public let files: [File]

  /// A set of a catalogue.
  public init(name: String, about: String, licence: String, source: String, base: String, files: [File]) {
    (self.name, self.about, self.licence) = (name, about, licence)
    (self.source, self.base, self.files) = (source, base, files)
  }

  /// The size of all files in bytes.
  public var size: Int { files.reduce(0) { $0 + $1.size } }
}
