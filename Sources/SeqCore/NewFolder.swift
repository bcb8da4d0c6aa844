/// A folder that comes into being whole: it is made beside its place and renamed when all is in it.
public struct NewFolder: Sendable {
  /// Where it will be.
  public let path: String
  /// Where it is while it is made.
  public let beside: String

  /// Starts a folder.
  ///
  /// - Parameter replaces: whether it may take the place of a folder that holds something; else the place must be free,
  ///   or an empty folder.
  /// - Throws: `.inputOutput` if something is there that would be lost, or nothing can be made there.
  public init(_ path: String, replaces: Bool = false) throws(SeqError) {
    self.path = FileSystem.nameable(path)
    beside = self.path + FileSystem.besideSuffix
    let isFree =
      !FileSystem.exists(self.path)
      || FileSystem.isFolder(self.path) && (replaces || FileSystem.names(in: self.path).isEmpty)
    guard isFree else {
      throw .inputOutput("exists already; nothing was written", at: .file(path), remedy: "choose another name")
    }
    try FileSystem.remove(beside)
    Unfinished.add(beside)
    do {
      try FileSystem.makeFolder(beside)
    } catch {
      Unfinished.remove(beside)
      throw error
    }
  }

  /// Fills the folder with `body`, which is given where it is meanwhile, and puts it in its place; if that fails,
  /// nothing is left.
  public func fill<Result>(_ body: (String) throws(SeqError) -> Result) throws(SeqError) -> Result {
    do throws(SeqError) {
      let result = try body(beside)
      try finish()
      return result
    } catch {
      abandon()
      throw error
    }
  }

  /// Puts it in its place.
  public func finish() throws(SeqError) {
    try FileSystem.replaceFolder(path, with: beside)
    Unfinished.remove(beside)
  }

  /// Takes away what was not finished.
  public func abandon() {
    try? FileSystem.remove(beside)
    Unfinished.remove(beside)
  }
}
