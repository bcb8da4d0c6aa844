package import SeqCore

/// A reader of XML and binary property lists.
///
/// We do not use Foundation's `PropertyListDecoder` because it reports no places, accepts duplicate keys, and overflows
/// the stack on deeply nested files.
package enum PropertyList {
  /// How deep arrays and dictionaries may be nested.
  static let depthLimit = JSONParser.depthLimit

  /// Reads one property list. Its first bytes show whether it is XML or binary.
  ///
  /// Nodes from XML know their line and column; those from a binary file only know the file. Dates, raw data and
  /// numbers that are not finite do not belong in a config and are refused.
  ///
  /// - Throws: one error with the place, what was expected and what was found.
  package static func parse(_ bytes: [UInt8], file: String? = nil) throws(SeqError) -> ConfigNode {
    if bytes.starts(with: "bplist".utf8) { return try BinaryPropertyList.parse(bytes, file: file) }
    return try XMLPropertyList.parse(bytes, file: file)
  }
}
