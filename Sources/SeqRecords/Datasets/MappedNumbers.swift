import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The integers of a file, mapped into memory: the system reads a page when it is first used.
///
/// The file has this machine's memory layout; it belongs to a cache and not to the user.
@safe final class MappedNumbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutableRawPointer?
  private var bytes: Int { count * MemoryLayout<Element>.stride }

  /// - Throws: `.missingInput` if there is no such file, `.data` if it holds another count of numbers.
  init(_ path: String, count: Int) throws(SeqError) {
    self.count = count
    let part = try ContainedFile(path, in: FileSystem.folder(of: path), limit: .max)
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .missingInput("cannot be opened: \(FileSystem.systemMessage())", at: .file(path))
    }
    defer { close(descriptor) }
    let (size, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !isTooLarge, count >= 0, part.size == size else {
      throw .data("is damaged: expected \(count) numbers", at: .file(path), remedy: "remove the folder it is in")
    }
    guard size > 0 else {
      unsafe base = nil
      return
    }
    let mapped = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw .inputOutput("cannot be mapped into memory: \(FileSystem.systemMessage())", at: .file(path))
    }
    unsafe base = mapped
    // Sequences are read in random order, so reading ahead is of no use.
    _ = unsafe madvise(mapped, size, MADV_RANDOM)
  }

  deinit { if let base = unsafe base { _ = unsafe munmap(base, bytes) } }

  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "no number of that index")
    // There is memory, because the count is not 0.
    return unsafe base.unsafelyUnwrapped.load(fromByteOffset: index &* MemoryLayout<Element>.stride, as: Element.self)
  }

  /// Whether all numbers are in a range. They are read from front to back, with one piece at a time in memory.
  func isWithin(_ range: Range<Int>) -> Bool {
    guard let base = unsafe base else { return true }
    let piece = 1 << 20
    for start in stride(from: 0, to: count, by: piece) {
      let length = min(piece, count - start)
      let address = unsafe base + start * MemoryLayout<Element>.stride
      _ = unsafe madvise(address, length * MemoryLayout<Element>.stride, MADV_WILLNEED)
      // The minimum and the maximum instead of an early exit, because the compiler can vectorise them.
      var (least, greatest) = (Element.max, Element.min)
      let numbers = unsafe UnsafeBufferPointer(start: address.assumingMemoryBound(to: Element.self), count: length)
      for index in 0..<length {
        let number = unsafe numbers[index]
        least = min(least, number)
        greatest = max(greatest, number)
      }
      guard range.contains(Int(least)), range.contains(Int(greatest)) else { return false }
      releasePages()
    }
    return true
  }

  /// Tells the system that some numbers will be read soon, so that it loads them in the background.
  func willNeed(_ range: Range<Int>) {
    guard let base = unsafe base, !range.isEmpty else { return }
    let page = Int(getpagesize())
    let start = range.lowerBound * MemoryLayout<Element>.stride / page * page
    let end = range.upperBound * MemoryLayout<Element>.stride
    _ = unsafe madvise(base + start, end - start, MADV_WILLNEED)
  }

  /// Returns the memory of pages that were read; they stay in the system's cache as long as there is room.
  func releasePages() { if let base = unsafe base { _ = unsafe madvise(base, bytes, MADV_DONTNEED) } }
}
