import SeqRecipes
import SequenceToolkit

extension StarterTask {
  /// Many-to-one: a label for a text.
  static let classification = StarterTask(
    .classification, suffix: "csv", format: labelledFormat, usage: taggingUsage, dataPage: labelledPage, samples: texts
  ) { profile in
    let recipe = profile.map(ClassifierRecipe.init) ?? ClassifierRecipe()
    return Config(body: recipe.body, baseline: recipe.baseline, reasons: recipe.reasons, data: recipe.data)
  }

  /// One-to-one: a label for a bag of tokens.
  static let oneToOne = StarterTask(
    .oneToOne, suffix: "csv", format: labelledFormat, usage: taggingUsage, dataPage: labelledPage, samples: texts
  ) { _ in Config(body: OtherRecipes.bag, baseline: "true") }

  /// The format of files with a text and its label.
  static let labelledFormat = #""format": "csv", "columns": { "text": "text", "label": "label" }"#
  static let taggingUsage = "seqtool tag < lines.txt        # use it"

  private static let labelledPage =
    "CSV with a header row `text,label`. Quote a text that contains commas, and double the quote marks within it."

  /// Enough to show the format and run the commands, but too little to learn from.
  private static let texts = [
    """
    text,label
    when does the next train leave,question
    the train leaves at noon,statement
    who left the lights on,question
    "she said, quite calmly, that she had",statement
    where can I buy a ticket,question
    you can buy one on board,statement
    how long does it take,question
    it takes about an hour,statement
    why is the door locked,question
    the door sticks in wet weather,statement
    is there a seat by the window,question
    both window seats are taken,statement

    """,
    """
    text,label
    what time is it,question
    it is half past nine,statement
    where is the platform,question
    the platform is upstairs,statement

    """,
    """
    text,label
    how much is a return ticket,question
    a return ticket is cheaper,statement
    when do the doors open,question
    the doors open at eight,statement

    """,
  ]
}
