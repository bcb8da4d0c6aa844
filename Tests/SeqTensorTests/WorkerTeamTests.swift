import SeqTensor
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct WorkerTeamTests {
  @Test(arguments: 1...5)
  func `every task runs once, in every run`(width: Int) {
    let team = WorkerTeam(width: width)
    for count in [0, 1, 2, 3, 5, 16, 67, 1000] {
      let runs = TaskCounts(count)
      for _ in 0..<100 { team.run(count) { runs.add($0) } }
      #expect(runs.values == Array(repeating: 100, count: count), "\(count) tasks")
    }
  }

  @Test(arguments: 1...5)
  func `tasks of changing numbers follow each other`(width: Int) {
    let team = WorkerTeam(width: width)
    let runs = TaskCounts(40)
    for count in 0...40 { team.run(count) { runs.add($0) } }
    #expect(runs.values == (0..<40).map { 40 - $0 })
  }

  @Test func `threads that sleep are woken`() {
    let team = WorkerTeam(width: 3)
    let runs = TaskCounts(8)
    for _ in 0..<20 {
      usleep(3_000)  // longer than a worker spins
      team.run(8) { runs.add($0) }
    }
    #expect(runs.values == Array(repeating: 20, count: 8))
  }

  @Test(arguments: 1...5)
  func `tasks run tasks of their own`(width: Int) {
    let team = WorkerTeam(width: width)
    let runs = TaskCounts(8 * 7 * 3)
    for _ in 0..<200 {
      team.run(8) { i in team.run(7) { j in team.run(3) { k in runs.add((i * 7 + j) * 3 + k) } } }
    }
    #expect(runs.values == Array(repeating: 200, count: 8 * 7 * 3))
  }

  @Test func `threads without a task help with those of others`() {
    let team = WorkerTeam(width: 2)
    // Each inner task waits for the other, so that one thread alone would never end.
    let arrived = Atomic(0)
    team.run(2) { i in
      guard i == 0 else { return }
      team.run(2) { _ in
        arrived.add(1, ordering: .acquiringAndReleasing)
        while arrived.load(ordering: .acquiring) < 2 { usleep(10) }
      }
    }
    #expect(arrived.load(ordering: .acquiring) == 2)
  }

  @Test func `what tasks wrote is seen after the run`() {
    let team = WorkerTeam(width: 4)
    let buffer = FloatBuffer(capacity: 500)
    for round in 1...50 {
      let values = buffer.matrix(rows: 1, columns: 500)
      team.run(500) { values[0, $0] = Float(round * $0) }
      #expect(values.elements == (0..<500).map { Float(round * $0) })
    }
  }

  @Test func `teams come and go`() {
    let runs = TaskCounts(4)
    for width in 1...30 { WorkerTeam(width: width % 5 + 1).run(4) { runs.add($0) } }
    #expect(runs.values == [30, 30, 30, 30])
  }
}

/// How often each task has run; counted so that two threads taking the same task are seen.
private final class TaskCounts: Sendable {
  private final class Counter: Sendable {
    let value = Atomic(0)
  }
  private let counters: [Counter]

  init(_ count: Int) { counters = (0..<count).map { _ in Counter() } }

  func add(_ task: Int) { counters[task].value.add(1, ordering: .relaxed) }

  var values: [Int] { counters.map { $0.value.load(ordering: .relaxed) } }
}
