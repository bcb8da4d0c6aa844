import SequenceToolkit

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads one input as the format that SEQTOOL_FUZZ_FORMAT names, in all the ways there are, and converts it.
///
/// The first byte chooses the options; what a reader refuses is fine, a crash, a hang or growing memory is not. Records
/// that were read must be whole, and what a conversion to JSON lines has written must be read again as the same.
@_cdecl("fuzz_readers")
public func fuzzReaders(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
  guard count > 0 else { return }
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  let target = FuzzTarget.shared
  target.place(input.dropFirst())
  let options = target.options(input[0])
  for wanted in target.format.provides {
    do {
      try readRecords(path: target.path, options: options, wanting: wanted) { record in target.check(record, wanted) }
    } catch {
      precondition(!error.diagnostics.isEmpty && error.kind != .internalFault, "\(error)")
    }
  }
  target.convert(options)
}

/// One format's inputs, as files in a folder of their own.
private struct FuzzTarget: Sendable {
  static let shared = FuzzTarget()

  let format: DataFormat
  let path: String
  private let folder: String

  private init() {
    let name = getenv("SEQTOOL_FUZZ_FORMAT").map { String(cString: $0) } ?? "csv"
    format = DataFormat(rawValue: name)!
    let shared = FileSystem.isFolder("/dev/shm") ? "/dev/shm" : "/tmp"
    folder = "\(shared)/seqtool-fuzz-\(getpid())"
    path = folder + "/input"
    try! FileSystem.makeFolder(folder)
    if format.isFolder || format == .brat { try! FileSystem.makeFolder(path) }
    if format == .folders { try! FileSystem.makeFolder(path + "/a") }
    atexit { try? FileSystem.remove("/dev/shm/seqtool-fuzz-\(getpid())") }
  }

  /// Writes an input; for a folder, the parts between bytes 0xFE are its files.
  func place(_ input: ArraySlice<UInt8>) {
    guard format.isFolder || format == .brat else { return Self.write(input, to: path) }
    let names: [String] =
      switch format {
      case .parallel: ["seq.in", "seq.out", "label"]
      case .brat: ["a.txt", "a.ann"]
      default: ["a/1.txt", "a/2.txt", "b.txt"]
      }
    let parts = input.split(separator: 0xFE, maxSplits: names.count - 1, omittingEmptySubsequences: false)
    for (i, name) in names.enumerated() { Self.write(i < parts.count ? parts[i] : [], to: path + "/" + name) }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  func options(_ choice: UInt8) -> ReadingOptions {
    let encodings = TextEncoding.allCases
    // UTF-8 half of the time.
    let encoding = choice & 1 == 0 ? .utf8 : encodings[Int(choice >> 1 & 7) % encodings.count]
    return ReadingOptions(
      format: format, encoding: encoding, header: choice & 16 == 0, quoting: choice & 32 == 0,
      severalLabels: choice & 64 == 0 ? .join : .refuse,
      segmentation: TokenizerSettings(kind: choice & 128 == 0 ? .whitespace : .word),
      maximumLineBytes: 1 << 12)
  }

  func check(_ record: Record, _ wanted: Wanted) {
    precondition(record.line > 0 && (record.text != nil || record.tokens != nil), "a record without content")
    precondition(record.label != "", "an empty label")
    if let tags = record.tags { precondition(tags.count == record.tokens?.count, "tags without tokens") }
    if wanted == .label { precondition(record.label != nil, "no label") }
    if wanted == .tags { precondition(record.tags != nil && record.text == nil, "no tags") }
    if wanted == .target { precondition(record.target != nil, "no target") }
  }

  func convert(_ options: ReadingOptions) {
    let (first, second) = (folder + "/1.jsonl", folder + "/2.jsonl")
    do {
      _ = try Conversion(from: path, options, to: first, WritingOptions(isLossy: true)).run()
    } catch {
      return
    }
    // What was written must be read, and be the same again, unless it holds a NUL that JSON can have and a text cannot.
    do {
      let reading = ReadingOptions(maximumLineBytes: 1 << 20)
      _ = try Conversion(from: first, reading, to: second, WritingOptions(isLossy: true)).run()
      let (a, b) = (try FileSystem.read(first), try FileSystem.read(second))
      precondition(a == b, "a conversion that is not stable")
    } catch {
      preconditionFailure("what was written cannot be read: \(error)")
    }
  }
}
