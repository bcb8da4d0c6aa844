#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where this checkout of the package is.
public let packageFolder: String = {
  var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast(4)
  return parts.joined(separator: "/")
}()

/// The content of a file of golden values, kept in `Tests/Golden`.
public func golden(_ name: String) throws -> Data {
  try Data(contentsOf: URL(filePath: packageFolder + "/Tests/Golden/" + name))
}

/// The folder of public data sets beside the checkout (`SEQTOOL_PUBLIC_DATA`, or `../shared/data`), if it is there.
/// Tests that need it skip without it: the sets' licences differ, so none is part of the project.
public let publicDataFolder: String? = {
  let named = ProcessInfo.processInfo.environment["SEQTOOL_PUBLIC_DATA"]
  let folder = named ?? packageFolder + "/../shared/data"
  return FileManager.default.fileExists(atPath: folder + "/README.md") ? folder : nil
}()
