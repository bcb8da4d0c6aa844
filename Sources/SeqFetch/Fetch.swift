public import SeqCore

/// Fetches a public set into a folder.
public struct Fetch {
  /// What happens while a set is fetched.
  public enum Event: Sendable {
    /// A file was there already.
    case found(PublicSet.File)
    /// Another process fetches a file; its number, if that is known. This one waits for it.
    case waiting(PublicSet.File, process: Int32?)
    /// So many bytes of a file are there.
    case progress(PublicSet.File, bytes: Int)
    /// A file has come and is verified.
    case fetched(PublicSet.File)
  }

  private let set: PublicSet
  private let folder: String

  /// - Parameter folder: where the set's own folder is, or shall be.
  public init(_ set: PublicSet, into folder: String) { (self.set, self.folder) = (set, folder) }

  /// The set's own folder.
  public var path: String { folder + "/" + set.name }

  /// Fetches what is missing; what is there and has the right digest is used. A file that another process fetches is waited
  /// for.
  ///
  /// - Throws: `.missingInput` for what the server has not, or if curl is missing; `.data` for a wrong digest;
  ///   `.inputOutput` for a broken connection or a full disk.
  public func run(_ report: (Event) -> Void) throws(SeqError) {
    for file in set.files {
      let download = Download(
        address: Self.address(of: file, in: set), target: path + "/" + file.name, size: file.size, sha256: file.sha256)
      if try download.isDone() {
        report(.found(file))
        continue
      }
      let lock = try WritingLock.wait(for: download.target) { report(.waiting(file, process: $0)) }
      defer { lock.release() }
      if try download.isDone() {
        report(.found(file))
        continue
      }
      try download.run { report(.progress(file, bytes: $0)) }
      report(.fetched(file))
    }
  }

  /// Where a file is. `SEQTOOL_DATA_MIRROR` takes the place of the host, for those who keep copies of their own.
  private static func address(of file: PublicSet.File, in set: PublicSet) -> String {
    let address = set.base + "/" + file.path
    guard let mirror = DataFolder.variable("SEQTOOL_DATA_MIRROR") else { return address }
    let path = address.split(separator: "/", maxSplits: 2).last ?? ""
    return (mirror.hasSuffix("/") ? mirror : mirror + "/") + path
  }
}
