import ArgumentParser

struct GradientsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradients",
    abstract: "Look at a network's gradient: is it right, and how far back does it reach?",
    subcommands: [GradientsCheckCommand.self, GradientsTraceCommand.self])
}
