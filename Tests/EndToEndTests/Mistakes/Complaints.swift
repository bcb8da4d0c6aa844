import SeqTestSupport
import Testing

/// Checks that a command ended with a status and said exactly these lines, each after `error: `, and nothing else.
func expectErrors(
  _ result: CommandResult, _ status: Int32, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(result.status == status, sourceLocation: sourceLocation)
  #expect(result.complaints == lines.map { "error: " + $0 }, sourceLocation: sourceLocation)
  #expect(result.stdout == "", sourceLocation: sourceLocation)
}
