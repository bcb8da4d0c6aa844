public import SeqCore

/// Fetches a public set into a folder.
public struct Fetch {
  /// What happens while a set is fetched.
  public enum Event: Sendable {
    /// A file exists already.
    case found(PublicSet.File)
    /// Another process is fetching a file, and this one waits for it; its number if known.
    case waiting(PublicSet.File, process: Int32?)
    /// The number of bytes of a file so far.
    case progress(PublicSet.File, bytes: Int)
    /// A file was fetched and verified.
    case fetched(PublicSet.File)
  }

  private let set: PublicSet
  private let folder: String

  /// - Parameter folder: the folder in which the set's own folder is, or will be made.
  public init(_ set: PublicSet, into folder: String) { (self.set, self.folder) = (set, folder) }

  /// The set's own folder.
  public var path: String { folder + "/" + set.name }

  /// Fetches the missing files; existing ones with the right digest are used. If another process is fetching a file,
  /// this waits for it.
  ///
  /// - Throws: `.missingInput` if the server does not have a file, or curl is missing; `.data` for a wrong digest;
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

  /// The URL of a file. `SEQTOOL_DATA_MIRROR` replaces the host, for users who keep their own copies.
  private static func address(of file: PublicSet.File, in set: PublicSet) -> String {
    let address = set.base + "/" + file.path
    guard let mirror = DataFolder.variable("SEQTOOL_DATA_MIRROR") else { return address }
    let path = address.split(separator: "/", maxSplits: 2).last ?? ""
    return (mirror.hasSuffix("/") ? mirror : mirror + "/") + path
  }
}
