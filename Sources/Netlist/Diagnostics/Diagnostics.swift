/// What can be wrong with a deck or its run: every identifier in brackets behind
/// `error` or `warning`, with
/// what it means. `docs/diagnostics.md` is `page`, and a test compares the two with the source.
public enum Diagnostics {
  public struct Entry: Sendable {
    public let identifier: String
    /// One sentence.
    public let explanation: String

    init(_ identifier: String, _ explanation: String) {
      self.identifier = identifier
      self.explanation = explanation
    }
  }

  /// The manual's page, in Markdown.
  public static var page: String {
    var lines = [
      "# Diagnostics", "",
      "Every error and warning about a deck carries one of these identifiers; they do not change.",
      "", "| identifier | meaning |", "| --- | --- |",
    ]
    for entry in all { lines.append("| `\(entry.identifier)` | \(entry.explanation) |") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// In alphabetical order.
  public static let all: [Entry] = (ofDecks + ofCircuits + ofRuns).sorted {
    $0.identifier < $1.identifier
  }

  /// Found in the text of a deck; in alphabetical order.
  static let ofDecks: [Entry] = [
    Entry("array-length", "Arrays that belong together, or to one element, differ in length."),
    Entry("array-too-large", "A range such as `[0:999999999]` is longer than any array may be."),
    Entry("atto-suffix", "A number ends in the suffix A, atto to some and ampere to others."),
    Entry("card-in-subcircuit", "The card can stand at the top of a deck only."),
    Entry("circuit-too-large", "Opening all subcircuits gives more elements than are allowed."),
    Entry("control-block", "Commands of ngspice's `.control` block are no analyses, and not run."),
    Entry("deck-too-large", "The deck and its includes are more statements or files than allowed."),
    Entry("default-resistance", "A resistor's line and model leave its resistance open."),
    Entry("duplicate-argument", "A `.func` names two of its arguments alike."),
    Entry("duplicate-element", "Two elements of one circuit have the same name."),
    Entry("duplicate-function", "Two `.func` of one scope have the same name."),
    Entry("duplicate-measure", "Two measures have the same name; the last one counts."),
    Entry("duplicate-model", "Two `.model` of one scope have the same name."),
    Entry("duplicate-parameter", "A parameter is set twice in one scope; the last value counts."),
    Entry("duplicate-port", "A `.subckt` names two of its ports alike."),
    Entry("duplicate-subcircuit", "Two `.subckt` of one scope have the same name."),
    Entry("empty-deck", "The deck holds a title at most."),
    Entry("exclusive-or", "`^` stands between numbers, where the power is written `**`."),
    Entry("expected-argument", "A `name=value` was expected."),
    Entry("expected-mark", "A bracket, comma or other mark was expected."),
    Entry("expected-operator", "An operator or the end of the expression was expected."),
    Entry("expected-value", "A number, name or bracket was expected in an expression."),
    Entry("expected-word", "A name was expected."),
    Entry("expression-too-long", "An expression, its functions written out, is too long."),
    Entry("file-is-folder", "The path names a folder where a file is needed."),
    Entry("file-too-large", "The file is larger than 1 GiB."),
    Entry("foreign-card", "A card of another simulator has no effect here."),
    Entry("foreign-option", "An option of another simulator has no effect here."),
    Entry("foreign-parameter", "A parameter of another simulator has no effect here."),
    Entry("function-recursion", "A function of the deck calls itself, directly or through others."),
    Entry("given-twice", "Something is given two times that can be given once."),
    Entry("gnd-not-ground", "A node is called `gnd`, but ground is `0` in this dialect."),
    Entry("ground-port", "A `.subckt` has a port `0`, but ground is the same everywhere."),
    Entry("ground-voltage", "A voltage other than 0 is asked of ground."),
    Entry("include-cycle", "A file includes itself, directly or through others."),
    Entry("invalid-utf8", "A byte of the file is not UTF-8."),
    Entry("level-of-both", "A measure's level mixes other measures with circuit quantities."),
    Entry("malformed-array", "Square brackets hold no range such as `[0:191]`."),
    Entry("malformed-bits", "A pattern of bits holds something other than 0 and 1."),
    Entry("malformed-file", "A file of points holds something else."),
    Entry("malformed-name", "A parameter's name is not one that expressions can read."),
    Entry("malformed-number", "A number continues in a way no number does."),
    Entry("malformed-size", "A size is not written as `16x12`."),
    Entry("malformed-stop", "A condition is not written as `error<0.05`."),
    Entry("malformed-sweep", "A range of values is not `lin` or `log` of first, last and count."),
    Entry("milli-suffix", "The suffix `M` is milli, but the unit suggests mega."),
    Entry("misplaced-ends", "An `.ends` does not end the block that is open, or names another."),
    Entry("misplaced-if", "An `.elseif`, `.else` or `.endif` belongs to no open `.if`."),
    Entry("missing-argument", "The card or element lacks an argument it needs."),
    Entry("missing-control", "A switch or controlled source lacks what controls it."),
    Entry("missing-model", "The element needs the name of a model."),
    Entry("missing-parameter", "The element lacks a parameter it needs."),
    Entry("missing-value", "A value was expected."),
    Entry("model-recursion", "A model is a kind of itself, directly or through others."),
    Entry("name-too-long", "A name is longer than any name may be."),
    Entry("nesting-too-deep", "Brackets, blocks, includes or subcircuits are nested too deep."),
    Entry("no-such-file", "The file does not exist, or no file matches the pattern."),
    Entry("not-a-number", "The value must be a number."),
    Entry("not-a-text", "The value must be a text in quotes."),
    Entry("not-an-inductor", "A mutual inductance names an element that is no inductor."),
    Entry("not-constant", "The value must not depend on the circuit or on time."),
    Entry("not-finite", "An expression divides by zero or overflows."),
    Entry("nul-byte", "The file holds a NUL byte, so it is no text."),
    Entry("number-overflow", "The number is too large for double precision."),
    Entry("odd-points", "Points come in pairs, but there is an odd number of values."),
    Entry("out-of-range", "The value lies outside what is allowed."),
    Entry("parameter-cycle", "A parameter is defined by itself, directly or through others."),
    Entry("points-not-increasing", "Points must increase in time or in their input."),
    Entry("random-of-circuit", "A random function's argument depends on the circuit."),
    Entry("reserved-function", "A `.func` has the name of a function of the language."),
    Entry("reserved-name", "A parameter has the name of something every expression knows."),
    Entry("subcircuit-recursion", "A subcircuit contains itself, directly or through others."),
    Entry("sweep-direction", "A sweep's stop lies on the wrong side of its start."),
    Entry("sweep-needs-parameter", "An element to sweep has several values; one must be named."),
    Entry("sweep-too-large", "A sweep has more points than are allowed."),
    Entry("table-not-increasing", "The points of a table function are not in order of x."),
    Entry("text-after-end", "Statements follow `.end`, where reading stops."),
    Entry("title-is-card", "The first line of a deck is its title, but this looks like a card."),
    Entry("too-few-inductors", "A mutual inductance needs at least two inductors."),
    Entry("too-few-values", "A waveform lacks a value it needs."),
    Entry("too-many-arguments", "A statement has more nodes or arguments than are allowed."),
    Entry("too-many-faults", "There are so many errors that the rest is not shown."),
    Entry("too-many-points", "There are more points than are allowed."),
    Entry("too-many-values", "A waveform has more values than it takes."),
    Entry("unclosed-control", "A `.control` has no `.endc`."),
    Entry("unclosed-if", "An `.if` has no `.endif`."),
    Entry("unclosed-section", "A `.lib` section has no `.endl`."),
    Entry("unclosed-subcircuit", "A `.subckt` has no `.ends`."),
    Entry("uneven-table", "The values of a `.data` table do not fill its last row."),
    Entry("unexpected-text", "Something follows where the statement should end."),
    Entry("unknown-analysis", "There is no analysis of this name."),
    Entry("unknown-argument", "The card or element has no such argument."),
    Entry("unknown-card", "There is no such card."),
    Entry("unknown-cell", "No subcircuit or model has the name a synapse matrix asks for."),
    Entry("unknown-choice", "The value is none of those the argument can take."),
    Entry("unknown-device", "The catalogue has no such device."),
    Entry("unknown-element", "No element has this name or begins with this letter."),
    Entry("unknown-function", "Neither the language nor the deck has such a function."),
    Entry("unknown-instance", "No element has the name whose current is asked for."),
    Entry("unknown-measure", "There is no such kind of measure."),
    Entry("unknown-model", "No `.model` of this name can be seen from here."),
    Entry("unknown-model-level", "The model's type has no such level."),
    Entry("unknown-model-parameter", "The model's type has no such parameter."),
    Entry("unknown-model-type", "No device has models of this type."),
    Entry("unknown-node", "No element is connected to a node of this name."),
    Entry("unknown-option", "There is no such option."),
    Entry("unknown-parameter", "No parameter of this name can be seen from here."),
    Entry("unknown-section", "The library file has no section of this name."),
    Entry("unknown-subcircuit", "No `.subckt` of this name can be seen from here."),
    Entry("unknown-sweep-target", "There is no parameter or element of this name to sweep."),
    Entry("unknown-synapse", "There is no synapse matrix of this name."),
    Entry("unknown-table", "There is no `.data` table of this name."),
    Entry("unknown-waveform", "There is no waveform of this name."),
    Entry("unreadable-file", "The system refuses to read the file."),
    Entry("unsupported-card", "The card asks for something that this program does not do."),
    Entry("unsupported-multiplicity", "The element cannot be multiplied by `m=` of a call."),
    Entry("unterminated-expression", "An expression's bracket or quote is not closed."),
    Entry("unterminated-text", "A text's quote is not closed."),
    Entry("view-lacks-constant", "A cell's view lacks a constant the fidelity needs."),
    Entry("voltage-or-current", "A behavioural source needs a voltage or a current, not both."),
    Entry("wrong-argument-count", "A function is called with too few or too many arguments."),
    Entry("wrong-element", "The element named is of another kind than is needed."),
    Entry("wrong-model-type", "The model is of a type the element cannot use."),
    Entry("wrong-node-count", "The number of nodes differs from the number of terminals."),
  ]
}
