package import SeqCore

/// Puts other prefixes before the types of tags in the bytes of a record, `B` for `I`, and touches nothing else.
package struct TagEditor {
  private let starts: TagFinder

  /// - Parameters:
  ///   - path: the file that the records are from.
  ///   - options: how it is read.
  package init(of path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    starts = try format.descriptor.tagFinder(of: path, options)
  }

  /// The bytes of a record, its tags having the prefixes of others: of a sentence, an object, a line of words and tags,
  /// or one of tags alone. A tag that is not found as it was read, such as one that JSON escapes, is left alone.
  package func replacingPrefixes(in record: [UInt8], of tags: [String], with others: [String]) -> [UInt8] {
    var result = record
    for (start, (tag, other)) in zip(starts(record), zip(tags, others)) where tag != other {
      guard let prefix = other.utf8.first, start < result.count, result[start] == tag.utf8.first else { continue }
      result[start] = prefix
    }
    return result
  }
}

/// A record of one line without its end.
func lineContent(_ bytes: [UInt8]) -> [UInt8] {
  var end = bytes.count
  if end > 0, bytes[end - 1] == Byte.lineFeed { end -= 1 }
  if end > 0, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
  return Array(bytes[..<end])
}
