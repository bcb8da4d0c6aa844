/// The public sets that can be fetched.
public enum Catalogue {
  /// All of them, by name.
  public static let sets: [PublicSet] = parse(catalogueText).sorted { $0.name < $1.name }

  /// The set with a name.
  public static func set(named name: String) -> PublicSet? { sets.first { $0.name == name } }

  /// Reads the table in `CatalogueText.swift`: a set begins with `= name | about | licence | source | base`. The line
  /// of a file has its digest, its size, its path under the base and, if it differs from the path's last part, its
  /// name.
  static func parse(_ text: String) -> [PublicSet] {
    var sets: [PublicSet] = []
    var head: [String] = []
    var files: [PublicSet.File] = []
    func finish() {
      guard head.count == 5 else { return }
      sets.append(
        PublicSet(name: head[0], about: head[1], licence: head[2], source: head[3], base: head[4], files: files))
      files = []
    }
    for line in text.split(separator: "\n") {
      if line.hasPrefix("= ") {
        finish()
        head = line.dropFirst(2).split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        continue
      }
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count >= 3, let size = Int(parts[1]) else { continue }
      let last = parts[2].split(separator: "/").last.map(String.init) ?? parts[2]
      files.append(
        PublicSet.File(name: parts.count > 3 ? parts[3] : last, path: parts[2], size: size, sha256: parts[0]))
    }
    finish()
    return sets
  }
}
