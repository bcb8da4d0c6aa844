package import SeqCore

/// Replaces the prefixes of tags in the bytes of a record, such as `I` by `B`, and changes nothing else.
package struct TagEditor {
  private let starts: TagFinder

  /// - Parameters:
  ///   - path: the file of the records.
  ///   - options: how it is read.
  package init(of path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    starts = try format.descriptor.tagFinder(of: path, options)
  }

  /// The bytes of a record (a sentence, an object, a line of words and tags, or a line of tags) with other prefixes of
  /// its tags. A tag that is not found as it was read, such as one with JSON escapes, stays unchanged.
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
