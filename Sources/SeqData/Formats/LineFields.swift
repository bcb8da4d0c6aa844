/// The places of a text in one line of UTF-8.
extension ArraySlice<UInt8> {
  /// The slice without spaces and tabs at its ends.
  var trimmed: ArraySlice<UInt8> {
    let start = firstIndex { !Byte.isBlank($0) } ?? endIndex
    let end = lastIndex { !Byte.isBlank($0) }.map { $0 + 1 } ?? start
    return self[start..<end]
  }
}
