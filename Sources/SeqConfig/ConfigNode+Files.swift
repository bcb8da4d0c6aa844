public import SeqCore

extension ConfigNode {
  /// The largest config in bytes: 64 MiB, far more than anybody writes by hand.
  package static let fileLimit = 64 << 20

  /// Reads a config file: JSON if its name ends in `.json`, a property list if it ends in `.plist`.
  ///
  /// - Throws: `missingInput` if the file cannot be opened, which names a similar file if there is one; `data` if it is
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
    if FileSystem.isFolder(path) { throw folder(path) }
    guard FileSystem.exists(path) else { throw FileSystem.missing(path, endings: [".json", ".plist"]) }
    return try FileSystem.read(path, limit: fileLimit)
  }

  private static func folder(_ path: String) -> SeqError {
    let inside = FileSystem.names(in: path).first { $0 == "config.json" || $0 == "config.plist" }
    let remedy = inside.map { "give \(path.hasSuffix("/") ? path : path + "/")\($0)" }
    return .missingInput("expected a config file, found a folder", at: .file(path), remedy: remedy)
  }
}
