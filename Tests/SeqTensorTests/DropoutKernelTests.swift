import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

@Suite struct DropoutKernelTests {
  @Test(arguments: KernelLevel.all)
  func `elements are dropped or scaled, and the mask says which`(level: KernelLevel) {
    for n in everySize {
      let (mask, y) = drop(level, n, rate: 0.4, seed: 3, value: 2)
      #expect(mask.allSatisfy { $0 == 0 || $0 == 1 / (1 - Float(0.4)) }, "\(n)")
      #expect(y == mask.map { 2 * $0 }, "\(n)")
    }
  }

  @Test(arguments: KernelLevel.all, [0.0, 0.1, 0.5, 0.9] as [Float])
  func `the share of dropped elements is the rate`(level: KernelLevel, rate: Float) {
    let n = 100_000
    let dropped = drop(level, n, rate: rate, seed: 12345).mask.count { $0 == 0 }
    let deviation = (Double(rate) * Double(1 - rate) * Double(n)).squareRoot()
    #expect(abs(Double(dropped) - Double(rate) * Double(n)) <= 4 * deviation)
  }

  @Test(arguments: KernelLevel.all)
  func `neighbours are dropped independently`(level: KernelLevel) {
    let n = 100_000
    let mask = drop(level, n, rate: 0.5, seed: 99).mask
    for distance in 1...4 {
      let both = (0..<n - distance).count { mask[$0] == 0 && mask[$0 + distance] == 0 }
      #expect(abs(Double(both) / Double(n) - 0.25) < 0.006, "distance \(distance)")
    }
  }

  @Test(arguments: KernelLevel.all)
  func `the mask depends on seed and position alone`(level: KernelLevel) {
    let long = drop(level, 1000, rate: 0.3, seed: 8, value: 1).mask
    #expect(drop(level, 1000, rate: 0.3, seed: 8, value: -5).mask == long)
    for n in everySize { #expect(drop(level, n, rate: 0.3, seed: 8).mask == Array(long.prefix(n)), "\(n)") }
    #expect(drop(level, 1000, rate: 0.3, seed: 9).mask != long)
  }

  @Test func `every level draws the same mask`() {
    let masks = KernelLevel.all.map { drop($0, 999, rate: 0.3, seed: 8).mask }
    #expect(masks.allSatisfy { $0 == masks[0] })
  }

  @Test(arguments: KernelLevel.all)
  func `dropout works in place`(level: KernelLevel) {
    let y = GuardedFloats(repeating: 2, count: 67)
    let mask = GuardedFloats(repeating: .nan, count: 67)
    level.table.dropout(67, 0.4, 3, y.base, mask.base, y.base)
    #expect(y.values == drop(level, 67, rate: 0.4, seed: 3, value: 2).y)
  }
}

private func drop(
  _ level: KernelLevel, _ n: Int, rate: Float, seed: UInt64, value: Float = 1
) -> (mask: [Float], y: [Float]) {
  let x = GuardedFloats(repeating: value, count: n)
  let mask = GuardedFloats(repeating: .nan, count: n)
  let y = GuardedFloats(repeating: .nan, count: n)
  level.table.dropout(n, rate, seed, x.base, mask.base, y.base)
  return (mask.values, y.values)
}
