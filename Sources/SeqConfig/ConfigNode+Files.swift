public import SeqCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ConfigNode {
  /// Reads a config file: JSON if its name ends in `.json`, a property list if it ends in `.plist`.
  ///
  /// - Throws: `missingInput` if the file cannot be opened, with a file of a similar name if there is one; `data` if it is
  ///   of another kind or its content is wrong.
  public init(contentsOf path: String) throws(SeqError) {
    let bytes = try Self.read(path)
    let name = path.split(separator: "/").last ?? ""
    let suffix = name.contains(".") ? name.split(separator: ".").last.map { ".\($0)" } ?? "" : ""
    switch suffix.lowercased() {
    case ".json": self = try JSONParser.parse(bytes, file: path)
    case ".plist": self = try PropertyList.parse(bytes, file: path)
    case ".yaml", ".yml":
      throw .data("YAML is not read; write JSON or a property list", at: .file(path))
    default:
      let found = suffix.isEmpty ? "no ending" : "\"\(suffix)\""
      throw .data("expected a name that ends in .json or .plist, found \(found)", at: .file(path))
    }
  }

  private static func read(_ path: String) throws(SeqError) -> [UInt8] {
    if path.isEmpty { throw .missingInput("expected the name of a config file, found an empty one") }
    if let names = try? FileManager.default.contentsOfDirectory(atPath: path) { throw folder(path, holding: names) }
    guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
    do { return try Array(Data(contentsOf: URL(filePath: path))) } catch {
      throw .missingInput("the file cannot be read", at: .file(path), remedy: "check its permissions")
    }
  }

  private static func folder(_ path: String, holding names: [String]) -> SeqError {
    let inside = names.sorted().first { $0 == "config.json" || $0 == "config.plist" }
    let remedy = inside.map { "give \(path.hasSuffix("/") ? path : path + "/")\($0)" }
    return .missingInput("expected a config file, found a folder", at: .file(path), remedy: remedy)
  }

  private static func missing(_ path: String) -> SeqError {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let folder = String(path[..<start])
    let name = String(path[start...])
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder) else {
      return .missingInput("no such file, and no folder \(folder)", at: .file(path))
    }
    let whole = names.sorted().first { $0 == name + ".json" || $0 == name + ".plist" }
    let near = (whole ?? suggestion(for: name, among: names.sorted())).map { " — did you mean \"\(folder)\($0)\"?" }
    return .missingInput("no such file" + (near ?? ""), at: .file(path))
  }
}
