import CZlib
package import SeqCore

/// The bytes of a file or of standard input, decompressed if the first two bytes show gzip data.
///
/// Unlike zlib's `gzread`, it does not wait until a buffer is full, so a pipe gets its answers line by line.
package final class ByteSource {
  let file: InputFile
  private var isOpened = false
  private var unpacking: GzipReader?

  /// Opens a file, or standard input for `-`.
  package init(_ path: String) throws(SeqError) { file = try InputFile(path) }

  /// The file's name in messages.
  package var name: String { file.name }

  /// Whether `read` would return something, or the end, without waiting.
  package var isReady: Bool { unpacking?.holdsInput ?? false || file.isReady }

  /// Fills `buffer` from its start and returns the number of bytes; 0 at the end.
  package func read(into buffer: inout [UInt8]) throws(SeqError) -> Int {
    if isOpened {
      guard let unpacking else { return try file.read(into: &buffer) }
      return try unpacking.read(into: &buffer)
    }
    isOpened = true
    var count = try file.read(into: &buffer)
    while count == 1, buffer[0] == 0x1F {
      let more = try file.read(into: &buffer, at: 1)
      if more == 0 { break }
      count += more
    }
    guard count > 1, buffer[0] == 0x1F, buffer[1] == 0x8B else { return count }
    let unpacking = try GzipReader(file: file, start: buffer[..<count])
    self.unpacking = unpacking
    return try unpacking.read(into: &buffer)
  }
}

/// Decompresses a gzip file of one or more members with zlib.
@safe private final class GzipReader {
  private let file: InputFile
  private var packed: [UInt8]
  private var unread: Range<Int>
  private var isInsideMember = true
  /// Whether zlib filled the last buffer and may therefore have more output without further input.
  private var mayHoldMore = false
  private let stream: UnsafeMutablePointer<z_stream>

  init(file: InputFile, start: ArraySlice<UInt8>) throws(SeqError) {
    self.file = file
    packed = Array(start) + [UInt8](repeating: 0, count: max(0, (1 << 16) - start.count))
    unread = 0..<start.count
    unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // The window's 15 bits plus 16 select gzip framing only. zlib checks its header's version by the size.
    let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { throw SeqError(.internalFault, "zlib cannot start (\(status))", at: .file(file.name)) }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether there is input that has not been decompressed.
  var holdsInput: Bool { mayHoldMore || !unread.isEmpty }

  func read(into buffer: inout [UInt8]) throws(SeqError) -> Int {
    while true {
      if unread.isEmpty, !mayHoldMore {
        unread = 0..<(try file.read(into: &packed))
        if unread.isEmpty {
          if !isInsideMember { return 0 }
          throw .inputOutput("the gzip data is cut short", at: .file(file.name), remedy: Self.remedy)
        }
      }
      let count = try unpack(into: &buffer)
      if count > 0 { return count }
    }
  }

  /// Passes the unread bytes to zlib and returns the number of bytes it produced.
  private func unpack(into buffer: inout [UInt8]) throws(SeqError) -> Int {
    if !isInsideMember { unsafe inflateReset(stream) }
    isInsideMember = true
    let capacity = buffer.count
    let status = unsafe packed.withUnsafeMutableBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + unread.lowerBound }
        unsafe stream.pointee.avail_in = UInt32(unread.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(capacity)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    unread = (unread.upperBound - Int(unsafe stream.pointee.avail_in))..<unread.upperBound
    if status == Z_STREAM_END { isInsideMember = false }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "error \(status)"
      throw .inputOutput("the gzip data is damaged: \(reason)", at: .file(file.name), remedy: Self.remedy)
    }
    let free = Int(unsafe stream.pointee.avail_out)
    mayHoldMore = free == 0 && isInsideMember
    return capacity - free
  }

  private static let remedy = "make or fetch the file again"
}
