import SeqRecipes
import SequenceToolkit

extension StarterTask {
  /// One-to-many: new texts.
  static let generation = StarterTask(
    .generation, suffix: "csv", format: labelledFormat, usage: "seqtool generate --label spring --count 5",
    dataPage:
      "CSV with a header row `text,label`: the model generates texts from a label. Texts without labels, one per line "
      + "in `.txt` files without `data.columns`, work as well.", samples: lines
  ) { _ in Config(body: OtherRecipes.generator) }

  private static let lines = [
    """
    text,label
    the snow is melting,spring
    the first crocus is out,spring
    lambs stand in the wet grass,spring
    the swallows are back,spring
    the grass is dry and brown,summer
    even the nights are warm,summer
    thunder comes with the evening,summer
    children swim in the lake,summer
    leaves drift over the road,autumn
    fog lies on the fields,autumn
    the swallows have gone,autumn
    apples wait in crates,autumn

    """,
    "text,label\nthe nights are short,summer\nfog lies on the lake,autumn\nthe grass is out,spring\n",
    "text,label\nleaves lie on the grass,autumn\nthe lake is warm,summer\nthe road is wet,spring\n",
  ]
}
