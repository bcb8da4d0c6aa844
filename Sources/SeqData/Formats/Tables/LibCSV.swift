import CLibCSV

/// A safe wrapper of libcsv's parser: it gets a row's bytes line by line and reports when the row is complete.
///
/// - It runs in strict mode: by default it swallows the rest of the file after `"a"b`.
/// - It treats nothing as a space, because it would strip spaces and tabs at the ends of unquoted fields, which are
///   data.
/// - Only a line feed ends a row, because a stray carriage return inside a text would split the row in two.
/// - It drops blank lines and reports no positions, so it gets one line at a time, and the caller counts lines and
///   drops blank ones.
@safe final class CSVParser {
  /// The result of a line.
  enum Outcome: Equatable {
    /// The row is complete: see `takeFields`.
    case row
    /// A quoted field continues in the next line.
    case unfinished
    /// Quote marks are wrong; the first invalid byte, counted from `start`.
    case misquoted(Int)
    /// The memory is exhausted.
    case failed(String)
  }

  private let collector = CSVCollector()
  private let parser: UnsafeMutablePointer<csv_parser>

  /// - Parameter delimiter: the byte between fields.
  init?(delimiter: UInt8) {
    unsafe parser = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe parser.initialize(to: csv_parser())
    guard unsafe csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL)) == 0 else { return nil }
    unsafe csv_set_delim(parser, delimiter)
    unsafe csv_set_space_func(parser) { _ in 0 }
  }

  deinit {
    unsafe csv_free(parser)
    unsafe parser.deallocate()
  }

  /// Reads one line of the row in `bytes`: from `start`, up to and including its line feed.
  ///
  /// After `misquoted` or `failed` the parser cannot be used again; `csv_fini` would then return an incomplete row.
  func read(_ bytes: [UInt8], from start: Int) -> Outcome {
    let context = unsafe Unmanaged.passUnretained(collector).toOpaque()
    let count = bytes.count - start
    // By default, libcsv also ends a row at a carriage return; a callback for each byte costs time.
    if firstIndex(of: Byte.carriageReturn, in: bytes, start..<bytes.count) == nil {
      unsafe csv_set_term_func(parser, nil)
    } else {
      unsafe csv_set_term_func(parser) { $0 == Byte.lineFeed ? 1 : 0 }
    }
    let done = unsafe bytes.withUnsafeBytes {
      unsafe csv_parse(parser, $0.baseAddress.map { unsafe $0 + start }, count, addField, endRow, context)
    }
    if done < count {
      let error = unsafe csv_error(parser)
      return error == CSV_EPARSE ? .misquoted(done) : .failed(unsafe String(cString: csv_strerror(error)))
    }
    return collector.isWhole ? .row : .unfinished
  }

  /// Moves out the fields of the complete row, and reuses the memory of `fields` for the next one.
  func takeFields(into fields: inout CSVFields) {
    swap(&fields, &collector.fields)
    collector.fields.removeAll()
    collector.isWhole = false
  }

  /// Ends the input; false if a quote mark is still open.
  func finish() -> Bool {
    unsafe csv_fini(parser, addField, endRow, Unmanaged.passUnretained(collector).toOpaque()) == 0
  }
}

/// The fields of a row, kept as one run of bytes.
struct CSVFields {
  private var bytes: [UInt8] = []
  /// Where the fields end in `bytes`. Only the first `count` belong to this row, because removing elements costs time.
  private var ends: [Int] = []
  private(set) var count = 0
  /// Whether a field is empty and not in quotes; not stored if the bytes show it.
  private var missing: [Bool] = []
  /// Whether there are delimiters between the fields in `bytes`.
  private var isSplit = false

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[start(index)..<ends[index]] }

  /// Whether a field is missing: `a,,b` and not `a,"",b`.
  func isMissing(_ index: Int) -> Bool { isSplit ? start(index) == ends[index] : missing[index] }

  private func start(_ index: Int) -> Int { index == 0 ? 0 : ends[index - 1] + (isSplit ? 1 : 0) }

  /// Takes a row without quote marks. It needs no parser: its fields are between the delimiters.
  mutating func split(_ lines: inout LineReader, at delimiter: UInt8) {
    count = 0
    isSplit = true
    lines.exchangeLine(with: &bytes)
    var start = 0
    while let end = firstIndex(of: delimiter, in: bytes, start..<bytes.count) {
      append(end: end)
      start = end + 1
    }
    append(end: bytes.count)
  }

  private mutating func append(end: Int) {
    if count < ends.count { ends[count] = end } else { ends.append(end) }
    count += 1
  }

  /// The row as in the file, if it was split without the parser.
  var splitRow: [UInt8]? { isSplit ? bytes + [Byte.lineFeed] : nil }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    count = 0
    missing.removeAll(keepingCapacity: true)
    isSplit = false
  }

  mutating func append(_ field: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: field)
    append(end: bytes.count)
    missing.append(unsafe field.baseAddress == nil)
  }
}

/// Collects the fields that libcsv returns.
private final class CSVCollector {
  var fields = CSVFields()
  var isWhole = false
}

/// libcsv's call at the end of a field.
private func addField(_ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  let collector = unsafe Unmanaged<CSVCollector>.fromOpaque(context).takeUnretainedValue()
  unsafe collector.fields.append(UnsafeRawBufferPointer(start: field, count: count))
}

/// libcsv's call at the end of a row.
private func endRow(_ end: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<CSVCollector>.fromOpaque(context).takeUnretainedValue().isWhole = true
}
