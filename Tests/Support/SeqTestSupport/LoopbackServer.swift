import Foundation

/// A web server for one test, on a free port of this machine.
public final class LoopbackServer: @unchecked Sendable {
  /// What is answered to a request.
  public struct Answer: Sendable {
    public var status = 200
    public var body: [UInt8] = []
    /// Bytes of the body after which the connection is cut.
    public var cutAfter: Int?
    /// Whether parts of the body are given to those who ask for them.
    public var servesRanges = true
    /// Whether the answer says how long it is.
    public var tellsLength = true

    public init(
      status: Int = 200, body: [UInt8] = [], cutAfter: Int? = nil, servesRanges: Bool = true, tellsLength: Bool = true
    ) {
      (self.status, self.body, self.cutAfter) = (status, body, cutAfter)
      (self.servesRanges, self.tellsLength) = (servesRanges, tellsLength)
    }
  }

  /// A request's path and the offset that it begins at.
  public struct Request: Sendable, Equatable {
    public var path: String
    public var offset: Int?

    public init(_ path: String, offset: Int? = nil) { (self.path, self.offset) = (path, offset) }
  }

  private let listener: Int32
  public let port: UInt16
  private let lock = NSLock()
  private var seen: [Request] = []
  private let answer: @Sendable (Request, Int) -> Answer

  /// - Parameter answer: given a request and how many came before it.
  public init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
    self.answer = answer
    #if canImport(Glibc)
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard status else { throw Unexpected("no socket: \(errno)") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    let thread = Thread { [self] in serve() }
    thread.start()
  }

  public var address: String { "http://127.0.0.1:\(port)" }

  /// All requests so far.
  public var requests: [Request] { lock.withLock { seen } }

  public func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { break }
      respond(connection)
      close(connection)
    }
    close(listener)
  }

  private func respond(_ connection: Int32) {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]), recv(connection, &byte, 1, 0) == 1 { head.append(byte) }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count > 1 else { return }
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    let offset = range.flatMap { Int($0.dropFirst(13).prefix { $0.isNumber }) }
    let request = Request(String(words[1]), offset: offset)
    let before = lock.withLock {
      seen.append(request)
      return seen.count - 1
    }
    send(answer(request, before), from: offset, to: connection)
  }

  private func send(_ answer: Answer, from offset: Int?, to connection: Int32) {
    var (status, body, headers) = (answer.status, answer.body[...], "")
    if let offset, answer.servesRanges, status == 200 {
      if offset >= body.count {
        (status, body) = (416, [])
      } else {
        headers = "Content-Range: bytes \(offset)-\(body.count - 1)/\(body.count)\r\n"
        (status, body) = (206, body.dropFirst(offset))
      }
    }
    if answer.tellsLength { headers += "Content-Length: \(body.count)\r\n" }
    let head = "HTTP/1.1 \(status) X\r\n\(headers)Connection: close\r\n\r\n"
    write(Array(head.utf8)[...], to: connection)
    write(answer.cutAfter.map { body.prefix(max(0, $0 - (offset ?? 0))) } ?? body, to: connection)
  }

  private func write(_ bytes: ArraySlice<UInt8>, to connection: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let count = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}
