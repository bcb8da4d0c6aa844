/// A public data set in the catalogue.
public struct PublicSet: Sendable {
  /// One file of a set.
  public struct File: Sendable {
    /// What it is called in the set's folder; may have folders of its own.
    public let name: String
    /// Its path on the host.
    public let path: String
    /// In bytes.
    public let size: Int
    /// Of its bytes, 64 hexadecimal digits.
    public let sha256: String

    /// A file as a catalogue knows it.
    public init(name: String, path: String, size: Int, sha256: String) {
      (self.name, self.path, self.size, self.sha256) = (name, path, size, sha256)
    }
  }

  /// What the command knows it by.
  public let name: String
  /// What it is, in a few words.
  public let about: String
  /// What its owners say about its use.
  public let licence: String
  /// Where it is: a repository at a commit, or a page.
  public let source: String
  /// The host and the path that all of its files are under.
  public let base: String
  /// All of its files.
  public let files: [File]

  /// A set as a catalogue knows it.
  public init(name: String, about: String, licence: String, source: String, base: String, files: [File]) {
    (self.name, self.about, self.licence) = (name, about, licence)
    (self.source, self.base, self.files) = (source, base, files)
  }

  /// The bytes of all files.
  public var size: Int { files.reduce(0) { $0 + $1.size } }
}
