import Schematic

enum BehaviouralBank {
  static func resistors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] { [] }
  static func capacitors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] { [] }
  static func inductors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] { [] }
}
