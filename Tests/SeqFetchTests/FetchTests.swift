import Foundation
import SeqCore
import SeqFetch
import SeqTestSupport
import Testing

/// Fetching from a server on loopback that behaves well or badly.
struct FetchTests {
  /// `printf 'abc' | sha256sum`, an example of FIPS 180-2.
  private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  private static func set(_ server: LoopbackServer, sha256: String = abc, size: Int = 3) -> PublicSet {
    PublicSet(
      name: "tiny", about: "", licence: "", source: "", base: server.address + "/data",
      files: [.init(name: "part/abc.txt", path: "abc.txt", size: size, sha256: sha256)])
  }

  @Test func aFileIsFetchedVerifiedAndThenUsed() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8)) }
    let folder = try Workspace()
    let fetch = Fetch(Self.set(server), into: folder.path)
    var events: [String] = []
    func note(_ event: Fetch.Event) {
      switch event {
      case .found: events.append("found")
      case .fetched: events.append("fetched")
      case .progress, .waiting: break
      }
    }
    try fetch.run(note)
    try fetch.run(note)
    #expect(events == ["fetched", "found"])
    #expect(server.requests.map(\.path) == ["/data/abc.txt"])
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
    #expect(folder.files() == ["tiny/part/abc.txt"])
  }

  @Test func aCutConnectionIsTakenUpWhereItBroke() throws {
    let server = try LoopbackServer { _, before in .init(body: Array("abc".utf8), cutAfter: before == 0 ? 1 : nil) }
    let folder = try Workspace()
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(server.requests == [.init("/data/abc.txt"), .init("/data/abc.txt", offset: 1)])
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
  }

  @Test func whatAnEarlierRunBroughtIsKept() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8)) }
    let folder = try Workspace()
    try folder.write("ab", to: "tiny/part/abc.txt.part")
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(server.requests == [.init("/data/abc.txt", offset: 2)])
    #expect(folder.files() == ["tiny/part/abc.txt"])
  }

  @Test func aPartThatIsALinkIsNotFollowed() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8)) }
    let folder = try Workspace()
    try folder.write("a", to: "precious")
    try folder.write("", to: "tiny/part/other")
    #expect(symlink("../../precious", folder.path + "/tiny/part/abc.txt.part") == 0)
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(try folder.text("precious") == "a")
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
    #expect(server.requests == [.init("/data/abc.txt")])
  }

  @Test func ofTwoFetchesOneWaitsForTheOther() throws {
    // The server answers when the second fetch waits.
    let isWaiting = DispatchSemaphore(value: 0)
    let server = try LoopbackServer { _, _ in
      _ = isWaiting.wait(timeout: .now() + 60)
      return .init(body: Array("abc".utf8))
    }
    let folder = try Workspace()
    let set = Self.set(server)
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      try? Fetch(set, into: folder.path).run { _ in }
      isDone.signal()
    }
    while server.requests.isEmpty { usleep(1_000) }
    var events: [String] = []
    try Fetch(set, into: folder.path).run { event in
      switch event {
      case .found: events.append("found")
      case .fetched: events.append("fetched")
      case .waiting(_, let process):
        events.append("waiting for \(process ?? 0)")
        isWaiting.signal()
      case .progress: break
      }
    }
    #expect(events == ["waiting for \(getpid())", "found"])
    #expect(isDone.wait(timeout: .now() + 60) == .success)
    #expect(server.requests.count == 1)
    #expect(folder.files() == ["tiny/part/abc.txt"])
  }

  @Test func aServerWithoutRangesIsAskedFromTheStart() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8), servesRanges: false) }
    let folder = try Workspace()
    try folder.write("a", to: "tiny/part/abc.txt.part")
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
  }

  @Test func aWrongDigestIsRefusedAndNothingStays() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abd".utf8)) }
    let folder = try Workspace()
    let error = #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: folder.path).run { _ in } }
    #expect(error?.kind == .data)
    #expect(error?.description.contains("expected \(Self.abc); the file was not kept") == true)
    #expect(folder.files() == [])
  }

  @Test(arguments: [true, false]) func aLongerFileIsRefused(tellsLength: Bool) throws {
    let body = [UInt8](repeating: 0x61, count: 30_000_000)
    let server = try LoopbackServer { _, _ in .init(body: body, tellsLength: tellsLength) }
    let folder = try Workspace()
    let error = #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: folder.path).run { _ in } }
    #expect(error?.kind == .data)
    #expect(
      error?.description.contains(
        "received more than the 3 bytes that the catalogue expects; the file was not kept") == true)
    #expect(server.requests.count == 1)
    #expect(!folder.exists("tiny"))
  }

  @Test func nothingStaysOfWhatIsNotThere() throws {
    let server = try LoopbackServer { _, _ in .init(status: 404) }
    let folder = try Workspace()
    #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: folder.path + "/new/sets").run { _ in } }
    #expect(!folder.exists("new"))
    #expect(folder.exists("."))
  }

  @Test func whatIsKeptIsSaid() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8), cutAfter: 1) }
    let folder = try Workspace()
    let cut = #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: folder.path).run { _ in } }
    let part = folder.path + "/tiny/part/abc.txt.part"
    #expect(
      cut?.description.contains("(the first 1 bytes are kept in \(part): run the command again to continue)") == true)
    server.stop()
    let other = try Workspace()
    let refused = #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: other.path).run { _ in } }
    #expect(refused?.description.hasSuffix("(run the command again)") == true)
  }

  @Test func aShortFileEndsAfterSomeTries() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("ab".utf8)) }
    let folder = try Workspace()
    let error = #expect(throws: SeqError.self) { try Fetch(Self.set(server), into: folder.path).run { _ in } }
    #expect(error?.kind == .data)
    #expect(server.requests.count == 1)
  }

  @Test func aServerInTroubleIsAskedAgain() throws {
    let server = try LoopbackServer { _, before in
      before < 1 ? .init(status: 503) : .init(body: Array("abc".utf8))
    }
    let folder = try Workspace()
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
  }

  @Test func whatIsThereButDamagedIsFetchedAgain() throws {
    let server = try LoopbackServer { _, _ in .init(body: Array("abc".utf8)) }
    let folder = try Workspace()
    try folder.write("xyz", to: "tiny/part/abc.txt")
    try Fetch(Self.set(server), into: folder.path).run { _ in }
    #expect(try folder.text("tiny/part/abc.txt") == "abc")
  }
}
