import ArgumentParser
import SeqCore
import SequenceToolkit

/// Runs a command's body. An error becomes one message per finding on standard error, and the right exit status. Notes
/// of readers become warnings.
func reporting(_ body: () throws -> Void) throws {
  ResourceLimits.areErrors()
  do {
    try ReadingNotes(warn: warn).collecting(body)
  } catch let error as SeqError {
    report(error)
    throw ExitCode(error.exitStatus)
  }
}

/// Writes one message per finding to standard error.
func report(_ error: SeqError) {
  for diagnostic in error.diagnostics {
    Terminal.error.line("error: \(diagnostic.worded(\.command))", style: .red)
  }
}

/// Writes a warning: what the user should know but need not repair.
@Sendable func warn(_ message: String) { Terminal.error.line("warning: \(message)", style: .yellow) }
