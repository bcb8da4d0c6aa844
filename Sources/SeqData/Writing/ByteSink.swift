import CZlib
package import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file being written: next to its final path, compressed if its name ends in `.gz`, and renamed when it is finished.
/// `-` is standard output, which gets the bytes at once.
package final class ByteSink {
  private let path: String
  private let descriptor: Int32
  private let packing: GzipPacker?
  private var buffer: [UInt8] = []
  private var isFinished = false
  private static let chunk = 1 << 16
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let place: WritingPlace
  private var isStandardOutput: Bool { path == "-" }

  /// Whether the file is flushed to the disk before it is renamed.
  private let isDurable: Bool

  /// Whether a text is at its start.
  private var isTextStart: Bool

  /// - Parameters:
  ///   - isDurable: false for one of thousands of files of a folder, because flushing each would take long.
  ///   - isText: whether a reader removes a byte-order mark, so that a text which begins with that character needs
  ///     another one before it.
  package init(_ path: String, isDurable: Bool = true, isText: Bool = false) throws(SeqError) {
    isTextStart = isText
    self.path = path
    self.isDurable = isDurable
    if path != "-", FileSystem.isFolder(path) {
      throw .inputOutput("is a folder, expected the name of a file", at: .file(path))
    }
    place = WritingPlace(path)
    descriptor = path == "-" ? STDOUT_FILENO : place.open(isAlone: isDurable)
    let reason = descriptor < 0 ? FileSystem.systemMessage() : ""
    packing = path.hasSuffix(".gz") ? GzipPacker() : nil
    if descriptor < 0 { throw .inputOutput("cannot be written: \(reason)", at: .file(path)) }
    buffer.reserveCapacity(Self.chunk + 4096)
  }

  deinit {
    guard !isStandardOutput else { return }
    if !isFinished {
      close(descriptor)
      place.discard()
    }
  }

  /// Appends bytes.
  package func write(_ bytes: some Sequence<UInt8>) throws(SeqError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunk { try flush(isLast: false) }
  }

  /// Writes numbers in this machine's memory layout.
  func write(numbers: ArraySlice<some BitwiseCopyable>) throws(SeqError) {
    unsafe numbers.withUnsafeBytes { bytes in unsafe buffer.append(contentsOf: bytes) }
    if buffer.count >= Self.chunk { try flush(isLast: false) }
  }

  /// Writes a text as UTF-8.
  package func write(_ text: String) throws(SeqError) { try write(text.utf8) }

  /// Writes the rest and moves the file to its final path.
  package func finish() throws(SeqError) {
    try flush(isLast: true)
    isFinished = true
    guard !isStandardOutput else { return }
    if isDurable, fsync(descriptor) != 0, errno != EINVAL {
      let reason = FileSystem.systemMessage()
      close(descriptor)
      throw failure(reason)
    }
    guard close(descriptor) == 0, place.commit() else { throw failure(FileSystem.systemMessage()) }
  }

  private func flush(isLast: Bool) throws(SeqError) {
    if isTextStart, buffer.starts(with: Self.mark) { buffer = Self.mark + buffer }
    isTextStart = false
    try send(packing?.pack(buffer, isLast: isLast) ?? buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func send(_ bytes: [UInt8]) throws(SeqError) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[start...]))
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { throw failure(FileSystem.systemMessage()) }
      start += count
    }
  }

  private func failure(_ reason: String) -> SeqError {
    if !isStandardOutput { place.discard() }
    return .inputOutput(
      "writing failed: \(reason)", at: .file(isStandardOutput ? "<stdout>" : path),
      remedy: isStandardOutput ? nil : "is the disk full or the folder read-only?")
  }
}

/// `write`, under a name that no method shadows.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}

/// Compresses bytes as one gzip member with zlib; the same bytes give the same file.
@safe private final class GzipPacker {
  private let stream: UnsafeMutablePointer<z_stream>

  init?() {
    unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // The window's 15 bits plus 16 select gzip framing, which zlib writes without a time.
    let status = unsafe deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { return nil }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  func pack(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var (input, packed) = (bytes, [UInt8]())
    var room = [UInt8](repeating: 0, count: 1 << 16)
    let capacity = room.count
    unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe stream.pointee.next_in = input.baseAddress
      unsafe stream.pointee.avail_in = UInt32(input.count)
      var free = 0
      repeat {
        free = unsafe room.withUnsafeMutableBufferPointer { output in
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(output.count)
          _ = unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return Int(unsafe stream.pointee.avail_out)
        }
        packed += room[..<(capacity - free)]
      } while free == 0
    }
    return packed
  }
}
