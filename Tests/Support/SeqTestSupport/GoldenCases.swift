#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Nested arrays of numbers of any depth, read row by row.
public struct Tensor: Decodable, Sendable {
  public let values: [Double]

  public init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Double.self) {
      values = [number]
    } else {
      values = try decoder.singleValueContainer().decode([Tensor].self).flatMap(\.values)
    }
  }
}

/// A case of `recurrent.json`: what PyTorch's recurrent layers give for a packed batch, and the gradients of
/// Σ outputs · probes.
public struct RecurrentCase: Decodable, Sendable, CustomStringConvertible {
  /// `elman-tanh`, `elman-relu`, `lstm` or `gru`.
  public let cell: String
  public let layers: Int
  public let bidirectional: Bool
  public let inputSize: Int
  public let hiddenSize: Int
  public let lengths: [Int]
  /// [T, I] of each sequence; likewise `outputs`, `probes` and `inputGradients`.
  public let inputs: [Tensor]
  /// PyTorch's names without a prefix, such as `weight_ih_l0`.
  public let parameters: [String: Tensor]
  public let outputs: [Tensor]
  /// [layers · directions][sequence][unit]
  public let finalHidden: [Tensor]
  public let probes: [Tensor]
  public let loss: Double
  public let parameterGradients: [String: Tensor]
  public let inputGradients: [Tensor]

  public var description: String { "\(cell) × \(layers)\(bidirectional ? ", two directions" : "")" }

  /// All cases of the file.
  public static let all: [RecurrentCase] = cases(of: "recurrent.json")
}

/// A case of `jordan.json`: a Jordan network over one sequence, and the gradient of its summed cross-entropy.
public struct JordanCase: Decodable, Sendable, CustomStringConvertible {
  /// `softmax` or `linear`.
  public let feedback: String
  /// [T, I]; likewise `inputGradients`.
  public let inputs: Tensor
  public let labels: [Int32]
  /// U, W, b, V, c.
  public let parameters: [String: Tensor]
  /// [T, C]
  public let logits: Tensor
  public let loss: Double
  public let parameterGradients: [String: Tensor]
  public let inputGradients: Tensor

  public var description: String { feedback }

  /// All cases of the file.
  public static let all: [JordanCase] = cases(of: "jordan.json")
}

/// A case of `cross_entropy.json`: PyTorch's mean loss over rows of logits, and its gradient.
public struct CrossEntropyCase: Decodable, Sendable, CustomStringConvertible {
  /// One row an example.
  public let logits: [Tensor]
  public let labels: [Int32]
  public let labelSmoothing: Double
  public let classWeights: [Double]?
  public let meanLoss: Double
  public let gradient: [Tensor]

  public var description: String {
    "\(logits.count) rows, smoothing \(labelSmoothing)\(classWeights == nil ? "" : ", weighted")"
  }

  /// All cases of the file.
  public static let all: [CrossEntropyCase] = cases(of: "cross_entropy.json")
}

/// A case of `attention.json`: attention of queries over one memory, and the gradients of Σ contexts · probe.
public struct AttentionCase: Decodable, Sendable, CustomStringConvertible {
  /// `dot`, `general` or `additive`.
  public let kind: String
  /// [queries, H]; likewise the memory, the weights, the contexts and the probe, row by row.
  public let queries: [Tensor]
  public let memory: [Tensor]
  /// W, or W_q, W_m and v.
  public let parameters: [String: Tensor]
  public let weights: [Tensor]
  public let contexts: [Tensor]
  public let probe: [Tensor]
  /// Of `queries`, `memory` and the parameters.
  public let gradients: [String: Tensor]

  public var description: String { kind }

  /// What we call the parameters.
  public static let names = ["W": "key.weight", "W_m": "key.weight", "W_q": "query.weight", "v": "vector"]

  /// All cases of the file.
  public static let all: [AttentionCase] = cases(of: "attention.json")
}

/// A case of `crf.json`: a linear-chain CRF over one sequence, by enumeration of every path.
public struct CRFCase: Decodable, Sendable, CustomStringConvertible {
  public struct Gradients: Decodable, Sendable {
    public let emissions: [Tensor]
    /// nil where there is no transition.
    public let transitions: [Tensor]?
    public let start: [Double]
    public let end: [Double]
  }
  /// [T][K]; likewise the marginals.
  public let emissions: [Tensor]
  /// [from][to]
  public let transitions: [Tensor]
  public let start: [Double]
  public let end: [Double]
  public let tags: [Int32]
  public let logPartition: Double
  public let negativeLogLikelihood: Double
  public let gradients: Gradients
  public let marginals: [Tensor]
  public let bestPath: [Int]
  public let bestScore: Double

  public var description: String { "\(emissions.count) tokens, \(start.count) tags" }

  /// All cases of the file.
  public static let all: [CRFCase] = cases(of: "crf.json")
}

private struct GoldenFile<Case: Decodable>: Decodable { let cases: [Case] }

/// A golden file is part of the checkout: that it cannot be read is a mistake of ours, not something to skip.
func cases<Case: Decodable>(of file: String) -> [Case] {
  do {
    return try JSONDecoder().decode(GoldenFile<Case>.self, from: golden(file)).cases
  } catch {
    fatalError("\(file): \(error)")
  }
}
