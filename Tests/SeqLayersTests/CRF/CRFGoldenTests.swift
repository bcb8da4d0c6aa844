import SeqLayers
import SeqTestSupport
import Testing

/// The CRF against `Tests/Golden/crf.json`.
@Suite struct CRFGoldenTests {
  @Test(arguments: CRFCase.all)
  func `loss and gradients are the golden ones`(golden: CRFCase) {
    let learned = CRFRun(golden).learn(golden.tags)
    #expect(abs(learned.loss - golden.negativeLogLikelihood) < 2e-6 * golden.negativeLogLikelihood)
    let transitions = golden.gradients.transitions?.flatMap(\.values)
    for (name, expected) in [
      ("emissions", golden.gradients.emissions.flatMap(\.values)), ("start_transitions", golden.gradients.start),
      ("end_transitions", golden.gradients.end),
      ("transitions", transitions ?? [Double](repeating: 0, count: golden.start.count * golden.start.count)),
    ] {
      #expect(largestError(of: learned.gradients[name] ?? [], from: expected) < 1e-6, "\(name)")
    }
  }

  @Test(arguments: CRFCase.all)
  func `the best tags, their score and the marginals are the golden ones`(golden: CRFCase) {
    let run = CRFRun(golden)
    let (tags, masses, logProbability) = run.decode { $0[0].logProbability(of: golden.bestPath) }
    #expect(tags == golden.bestPath)
    #expect(largestError(of: masses, from: golden.marginals.flatMap(\.values)) < 1e-6)
    #expect(abs(logProbability - (golden.bestScore - golden.logPartition)) < 2e-6)
  }

  @Test func `other tags are detected`() {
    let golden = CRFCase.all[1]
    let learned = CRFRun(golden).learn(golden.tags.reversed())
    #expect(abs(learned.loss - golden.negativeLogLikelihood) > 1e-3)
  }
}
