package import SeqCore

// The tables of the documentation, made from the declarations of the keys.

/// A page with tables of keys between markers: `<!-- keys of training -->`, `<!-- end of keys -->`.
package enum KeyTables {
  private static let opening = "<!-- keys of "
  private static let closing = "<!-- end of keys -->"

  /// A page with its tables regenerated.
  ///
  /// - Parameters:
  ///   - page: the page; text outside the markers is unchanged.
  ///   - folder: the page's folder within the documentation, from which its links lead.
  /// - Throws: `.data` for a marker of an unknown section, or one without an end.
  package static func filled(_ page: String, _ keys: [KeyDescription], in folder: String) throws(SeqError) -> String {
    let sections = sections(of: page)
    var lines: [Substring] = []
    var isWithin = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == closing { isWithin = false }
      if !isWithin { lines.append(line) }
      guard let section = section(line) else { continue }
      let rows = keys.filter { owner(of: $0, among: sections) == section }
      if rows.isEmpty { throw .data("there is no section \"\(section)\"", at: .file("the page's markers")) }
      lines += table(rows, in: folder)[...].split(separator: "\n")
      isWithin = true
    }
    if isWithin { throw .data("a table has no \(closing)", at: .file("the page's markers")) }
    return lines.joined(separator: "\n")
  }

  /// The keys that are in no table of a page.
  package static func missing(from page: String, _ keys: [KeyDescription]) -> [KeyDescription] {
    let sections = sections(of: page)
    return keys.filter { owner(of: $0, among: sections) == nil }
  }

  private static func sections(of page: String) -> [String] {
    page.split(separator: "\n").compactMap { section($0) }
  }

  /// The section that a marker names; `the top` for keys outside of all.
  private static func section(_ line: Substring) -> String? {
    guard line.hasPrefix(opening), line.hasSuffix(" -->") else { return nil }
    return String(line.dropFirst(opening.count).dropLast(" -->".count))
  }

  /// The section whose table holds a key: the innermost one.
  private static func owner(of key: KeyDescription, among sections: [String]) -> String? {
    guard let parent = key.parent else { return sections.contains("the top") ? "the top" : nil }
    return sections.filter { parent == $0 || parent.hasPrefix($0 + ".") || parent.hasPrefix($0 + "[]") }
      .max { $0.count < $1.count }
  }

  private static func table(_ keys: [KeyDescription], in folder: String) -> String {
    let rows = keys.map { key in
      let cells = [
        "`\(key.path)`", key.shape.typeName, key.defaultText, key.rangeText, key.meaningWithLink(from: folder),
      ]
      return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return (["| key | type | default | range | meaning |", "|---|---|---|---|---|"] + rows).joined(separator: "\n")
  }
}

extension KeyDescription {
  /// The meaning, with a link to the page that says more.
  fileprivate func meaningWithLink(from folder: String) -> String {
    guard let page else { return meaning }
    let parts = page.split(separator: "#", maxSplits: 1)
    let name = parts[0].split(separator: "/").last ?? ""
    if name == "config.md" { return meaning + "; see [below](#\(parts.last ?? ""))" }
    let link = page.hasPrefix(folder + "/") ? String(page.dropFirst(folder.count + 1)) : "../" + page
    return meaning + "; see [\(name)](\(link))"
  }
}
