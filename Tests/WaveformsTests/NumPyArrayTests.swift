import Foundation
import Numerics
import Testing
import Waveforms

@Suite struct NumPyArrayTests {
  private func file(header: String, version: UInt8 = 1, body: [UInt8]) -> Data {
    let length = header.utf8.count
    let size = version == 1 ? [length & 255, length >> 8] : [length & 255, length >> 8, 0, 0]
    return Data([0x93] + "NUMPY".utf8 + [version, 0] + size.map { UInt8($0) } + header.utf8 + body)
  }

  private func read(_ content: Data) throws -> NumPyArray {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let url = directory.appendingPathComponent("a.npy")
    try content.write(to: url)
    return try NumPyArray.read(url.path)
  }

  @Test func roundTrip() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("a.npy").path
    let arrays = [
      NumPyArray(shape: [2, 3], .float64([1, -2, .pi, 4, 5, 6])),
      NumPyArray(shape: [], .float64([7])), NumPyArray(shape: [0, 4], .float64([])),
      NumPyArray(shape: [2], .float32([0.1, 3])),
      NumPyArray(shape: [1, 2, 1], .complex128([.i, Complex(0.1, -3)])),
      NumPyArray(shape: [2], .complex64([Complex(0.5, 2), .one])),
    ]
    for array in arrays {
      try array.write(to: path)
      #expect(try NumPyArray.read(path) == array)
    }
    #expect(try contents(directory) == ["a.npy"])
    let matrix = ComplexMatrix(
      rows: 2, columns: 3, elements: (0..<6).map { Complex(Double($0), 1) })
    try NumPyArray(matrix).write(to: path)
    #expect(try NumPyArray.read(path).matrix == matrix)
  }

  /// NumPy writes every order and version and reads ours; both give the same numbers.
  @Test func agreesWithNumPy() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let script = """
      import sys
      try:
          import numpy as np
      except ImportError:
          print('absent'); sys.exit(0)
      a = np.arange(24.0).reshape(2, 3, 4) + 0.5
      n = 0
      for t in ['<f8', '>f8', '<f4', '>f4', '<c16', '>c16', '<c8', '>c8']:
          for b in (a.astype(t), np.asfortranarray(a.astype(t))):
              for v in [(1, 0), (2, 0), (3, 0)]:
                  with open(f'{sys.argv[1]}/{n}.npy', 'wb') as f:
                      np.lib.format.write_array(f, b, version=v)
                  n += 1
      for t in ['<i8', '>i4', '<i2', '|i1', '<u8', '>u2', '|u1']:
          np.save(f'{sys.argv[1]}/int{n}.npy', (np.arange(24).reshape(2, 3, 4)).astype(t)); n += 1
      np.save(f'{sys.argv[1]}/bool.npy', np.array([True, False]))
      print(n)
      """
    let said = try python(script, [directory.path])
    guard said != "absent" else {
      print("NumPy is not installed: its files were not read")
      return
    }
    #expect(said == "55")
    for name in try contents(directory) where name != "bool.npy" {
      let array = try NumPyArray.read(directory.appendingPathComponent(name).path)
      #expect(array.shape == [2, 3, 4])
      let offset = name.hasPrefix("int") ? 0.0 : 0.5
      #expect(array.complexes == (0..<24).map { Complex(Double($0) + offset) }, "\(name)")
    }
    let flags = try NumPyArray.read(directory.appendingPathComponent("bool.npy").path)
    #expect(flags.doubles == [1, 0])
    let path = directory.appendingPathComponent("ours.npy").path
    try NumPyArray(shape: [3], .complex128([.i, .one, Complex(2, -1)])).write(to: path)
    let check = """
      import sys, numpy as np
      a = np.load(sys.argv[1])
      print(a.dtype, a.shape, list(a) == [1j, 1, 2-1j])
      """
    #expect(try python(check, [path]) == "complex128 (3,) True")
  }

  @Test func negativeIntegers() throws {
    let header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2,)}"
    #expect(
      try read(file(header: header, body: [0xFF, 0xFF, 0x00, 0x80])).doubles == [-1, -32768])
  }

  @Test func nonFinite() {
    #expect(NumPyArray(shape: [2, 2], .float64([1, 2, 3, 4])).firstNonFinite == nil)
    #expect(NumPyArray(shape: [2, 3], .float64([1, 2, 3, 4, .nan, 6])).firstNonFinite == [1, 1])
    #expect(
      NumPyArray(shape: [2], .complex128([.one, Complex(0, .infinity)])).firstNonFinite == [1])
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "{'descr': '<f8'}", "{'descr': '<f8', 'fortran_order': False}",
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 3)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,)}",
    "{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<U7', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1 1)}",
    "{'descr': '<f8, 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (" + String(repeating: "1,", count: 40)
      + ")}",
  ])
  func hostileHeaders(header: String) {
    let content = file(header: header, body: [UInt8](repeating: 0, count: 15))
    #expect(throws: FileError.self) { try read(content) }
  }

  @Test func everyTruncation() throws {
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 1), }\n"
    let whole = file(header: header, version: 2, body: [UInt8](repeating: 1, count: 16))
    #expect(try read(whole).count == 2)
    for length in 0..<whole.count {
      #expect(throws: FileError.self) { try read(whole.prefix(length)) }
    }
    var version = whole
    version[6] = 9
    #expect(throws: FileError.self) { try read(version) }
  }

  /// Any single byte changed gives an array or an error, never a crash.
  @Test func everyByteChanged() throws {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n"
    let whole = file(header: header, body: [UInt8](repeating: 1, count: 48))
    var errors = 0
    for index in whole.indices {
      for value: UInt8 in [0, 0x28, 0x39, 0xFF] {
        var content = whole
        content[index] = value
        do {
          let array = try read(content)
          #expect(array.count == array.shape.reduce(1, *))
        } catch is FileError {
          errors += 1
        }
      }
    }
    #expect(errors > 100)
  }
}

@Suite struct CommaSeparatedTableTests {
  @Test func tables() {
    let trials = CommaSeparatedTable(DatasetTests.sample, axes: ["trial"])
    #expect(
      trials.text == """
        trial,order.real,order.imaginary,success\r
        0,0.0,1.0,true\r
        1,1.0,-2.0,false\r
        2,0.1,0.2,true\r

        """)
    let patterns = CommaSeparatedTable(DatasetTests.sample, axes: ["pattern"]).text
    #expect(
      patterns == """
        pattern,energy (J),level,name\r
        chelsea,1.5e-09,0,\r
        "café, ""noir""\",2.0,255,µ\r

        """)
    let lines = CommaSeparatedTable(DatasetTests.sample, axes: ["trial", "time"]).text
    #expect(lines.contains("\r\n2,1e-09,1.2857142857142858\r\n"))
    #expect(lines.hasPrefix("trial,time (s),error (1)\r\n"))
  }
}
