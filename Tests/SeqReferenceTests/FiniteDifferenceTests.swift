import SeqReference
import Testing

@Suite struct FiniteDifferenceTests {
  /// f = Σ i p(i)³, whose gradient is 3 i p(i)².
  private let cubic = { (parameters: ReferenceParameters) in
    parameters["p"].enumerated().reduce(0) { $0 + Double($1.offset) * $1.element * $1.element * $1.element }
  }
  private let parameters = ReferenceParameters(["p": [2, -1, 0.5, 3]])

  @Test func `every element is differentiated`() {
    let expected = [0, 3, 1.5, 81.0]
    let difference = GradientDifference(
      name: "p", found: parameters.finiteDifference(of: "p", cubic), expected: expected)
    #expect(difference.relativeError < 1e-9)
  }

  @Test func `chosen elements are differentiated in the order asked for`() {
    let found = parameters.finiteDifference(of: "p", at: [3, 1], cubic)
    #expect(abs(found[0] - 81) < 1e-6 && abs(found[1] - 3) < 1e-6)
  }

  @Test func `a mutated gradient is detected and its element named`() {
    let difference = GradientDifference(name: "p", found: [0, 3, 1.5, 81.01], expected: [0, 3, 1.5, 81])
    #expect(difference.relativeError > 1e-4)
    #expect(difference.worstIndex == 3)
  }

  @Test func `NaN and missing elements are infinitely wrong`() {
    #expect(GradientDifference(name: "p", found: [.nan, 1], expected: [1, 1]).relativeError == .infinity)
    #expect(GradientDifference(name: "p", found: [1], expected: [1, 1]).relativeError == .infinity)
  }

  @Test func `a gradient of zeros is measured by the floor`() {
    #expect(GradientDifference(name: "p", found: [1e-9], expected: [0]).relativeError < 1e-5)
    #expect(GradientDifference(name: "p", found: [1e-2], expected: [0]).relativeError > 1)
  }
}
