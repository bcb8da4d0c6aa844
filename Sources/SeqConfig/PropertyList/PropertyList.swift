package import SeqCore

/// A reader of XML and binary property lists.
///
/// It is our own because Foundation's `PropertyListDecoder` gives no place, lets keys through that are given twice, and
/// overflows the stack on deeply nested files.
package enum PropertyList {
  /// How deep arrays and dictionaries may be nested.
  static let depthLimit = JSONParser.depthLimit

  /// Reads one property list, XML or binary as its first bytes tell.
  ///
  /// Nodes from XML know their line and column; those from a binary file know the file alone. Dates, raw data and
  /// numbers that are not finite have no place in a config and are refused.
  ///
  /// - Throws: one error with the place, what was expected and what was found.
  package static func parse(_ bytes: [UInt8], file: String? = nil) throws(SeqError) -> ConfigNode {
    if bytes.starts(with: "bplist".utf8) { return try BinaryPropertyList.parse(bytes, file: file) }
    return try XMLPropertyList.parse(bytes, file: file)
  }
}
