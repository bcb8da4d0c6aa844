import SeqConfig
public import SeqCore

extension GradientTrace {
  /// All figures and verdicts as one JSON object.
  /// - Throws: an internal fault if a figure is not finite.
  public func json() throws(SeqError) -> String {
    try JSONWriter.text(
      of: [
        "network": .string(network),
        "sweeps": .array(sweeps.map(\.json)),
        "clipping": [
          "steps": .integer(steps), "clippedSteps": .integer(clippedSteps), "clip": .realOrNull(clip),
          "gradientNorm": .realOrNull(gradientNorm),
        ],
        "verdicts": .array(verdicts.map(ConfigNode.string)),
      ])
  }
}

extension GradientTrace.Sweep {
  fileprivate var json: ConfigNode {
    [
      "layer": .integer(layer), "reverse": .bool(isReversed),
      "norms": .array(norms.map(ConfigNode.realOrNull)), "sequences": .array(sequences.map(ConfigNode.integer)),
      "vanishingLag": vanishingLag.map(ConfigNode.integer) ?? .null,
      "explodingLag": explodingLag.map(ConfigNode.integer) ?? .null,
      "gates": .array(
        gates.map { gate in
          [
            "name": .string(gate.name), "mean": .realOrNull(gate.mean), "low": .realOrNull(gate.low),
            "high": .realOrNull(gate.high),
          ]
        }),
      "spectralRadii": .object(radii.map { ($0.gate, .realOrNull($0.radius)) }),
    ]
  }
}
