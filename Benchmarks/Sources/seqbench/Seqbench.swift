import SequenceToolkit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Our side of the benchmark: measures one thing and writes one line of JSON. The driver in `bench/` calls it.
@main
enum Seqbench {
  static let usage = """
    usage: seqbench train CONFIG SECONDS [KEY=VALUE…]       training tokens/s
           seqbench steps CONFIG STEPS [KEY=VALUE…]         so many training steps, not timed
           seqbench infer MODEL TEXTS SECONDS THREADS       tokens/s of many texts
           seqbench one MODEL TEXTS SECONDS THREADS         tokens/s and latency of one text at a time
           seqbench tokens KIND TEXTS SECONDS [PIECES]      megabytes/s from text to ids
           seqbench read FILE FORMAT ROUNDS                 time of reading a file of examples
           seqbench kernels ROUNDS SECONDS                  kernels beside the peak of the machine
    """

  static func main() {
    do {
      guard let result = try run(Array(CommandLine.arguments.dropFirst())) else { fail(usage, status: 64) }
      print(result)
    } catch {
      // The driver skips what this machine or this version refuses, and shows why.
      fail("\(error)", status: 65)
    }
  }

  private static func run(_ arguments: [String]) throws(SeqError) -> String? {
    guard let name = arguments.first else { return nil }
    let rest = Array(arguments.dropFirst())
    switch (name, rest.count) {
    case ("train", 2...):
      guard let seconds = Double(rest[1]) else { return nil }
      return try TrainingRate(config: rest[0], overrides: Array(rest[2...])).measure(seconds: seconds)
    case ("steps", 2...):
      guard let steps = Int(rest[1]) else { return nil }
      return try TrainingRate(config: rest[0], overrides: Array(rest[2...])).run(steps: steps)
    case ("infer", 4), ("one", 4):
      guard let seconds = Double(rest[2]), let threads = Int(rest[3]) else { return nil }
      let rate = try InferenceRate(model: rest[0], texts: rest[1], threads: threads, seconds: seconds)
      return name == "infer" ? rate.many() : rate.one()
    case ("tokens", 3...4):
      guard let seconds = Double(rest[2]) else { return nil }
      let rate = try TokenRate(kind: rest[0], texts: rest[1], file: rest.count == 4 ? rest[3] : nil)
      return rate.measure(seconds: seconds)
    case ("read", 3):
      guard let rounds = Int(rest[2]) else { return nil }
      return try ReadingRate.measure(rest[0], format: rest[1], rounds: rounds)
    case ("kernels", 2):
      guard let rounds = Int32(rest[0]), let seconds = Double(rest[1]) else { return nil }
      return KernelRates.measure(rounds: rounds, seconds: seconds)
    default: return nil
    }
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    var text = message + "\n"
    text.withUTF8 { bytes in _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    exit(status)
  }
}
