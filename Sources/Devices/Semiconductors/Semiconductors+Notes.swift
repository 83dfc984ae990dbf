// The manual's words on the equations of semiconductors.

extension Diode {
  static let notes = """
    Positive current enters at the anode. With v across the junction behind rs:

        i = is (exp(v/(n Vt)) - 1)                  v >= -3 n Vt
          = -is (1 + (3 n Vt/(e v))^3)              below
          = -is exp(-(bv' + v)/(nbv Vt))            v < -bv'; bv' so that i(-bv) = -ibv
        + isr (exp(v/(nr Vt)) - 1) ((1 - v/vj)^2 + 0.005)^(m/2) + side wall + gmin v

    At level 1 the forward current is divided by 1 + sqrt(i/ikf), as in ngspice. At level 2 the \
    injected current is multiplied by sqrt(ikf/(ikf + i)), and breakdown is two currents of its \
    own, ibv exp(-(v + bv)/(nbv Vt)) + ibvl exp(-(v + bv)/(nbvl Vt)), as in PSPICE and Xyce. \
    Exponentials are continued by their tangent beyond e^200.

    Charge: tt i, and cjo vj/(1 - m) (1 - (1 - v/vj)^(1 - m)), its capacitance continued linearly \
    above fc vj; likewise the side wall. is, isr, jsw, vj, cjo scale with temperature as in \
    SPICE3, rs, bv, ikf by their coefficients. Noise: 2qi, kf i^af/f, 4kT/rs.

    With `uic`, `ic` gives node voltages as far as they follow from it, `.ic` and ground. Of a \
    circuit with several states of rest, `off` takes the one near the rest without the device.

    Differences: nbv is 1 by default, but n with `dialect=ngspice`; ngspice 39 does not scale ikf \
    with area and has no generation current at reverse voltages.
    """
}

extension Transistor {
  static let notes = """
    Positive current enters at the drain of an nmos; voltages of a pmos count with the opposite \
    sign. Where v_ds < 0, drain and source change places. At level 1:

        v_th = v_bi + gamma sqrt(phi - v_bs),   u = v_gs - v_th
        i = 0                                           u <= 0
          = beta/2 (1 + lambda v_ds) u^2                u <= v_ds
          = beta (1 + lambda v_ds) v_ds (u - v_ds/2)    else;   beta = kp w/(l - 2 ld)

    With `tox` written, kp = uo cox when absent; with `nsub` too, phi, gamma and vto. Meyer's \
    capacitances, as in ngspice, act as C(v) dv/dt and are continuous; they are not derivatives \
    of a charge, so a cycle may gain or lose a little of it. `capmod=1` has a constant capacitance \
    2/3 cox w l from gate to source. Overlaps are linear; the junctions of the bulk are diodes \
    with n = 1 and depletion charges. Nodes behind rd and rs exist only where these are not zero.

    Quantities: id, gm, gds, gmbs, vth, vdsat, vgs, vds, vbs, cgs, cgd, cgb, cbd, cbs; the \
    derivatives count from the end that acts as source. Noise: 8/3 kT gm, kf i^af/(cox l^2 f), \
    4kT/rd, 4kT/rs.

    Level 260 is the long-channel core of EKV 2.6 with its corrections. Voltages count from the \
    bulk; F(v) = ln^2(1 + exp(v/2)):

        v_g' = v_g - vto + phi + gamma sqrt(phi)
        v_p  = v_g' - phi - g (sqrt(v_g' + g^2/4) - g/2);   -phi where v_g' < 0
        n    = 1 + gamma/(2 sqrt(v_p + phi + 4 Vt))
        i    = 2 n beta Vt^2 (F((v_p - v_s)/Vt) - i_r')

    g is gamma less the charge shared with source and drain (leta, weta); beta = kp w/l_eq falls \
    with the vertical field (e0) and by 1 + theta v_p where theta is written; i_r' is \
    F((v_p - v_d)/Vt) in a long channel and includes velocity saturation (ucrit) and \
    channel-length modulation (lambda, xj). Charges of all four ends follow the same \
    i_f and i_r; they are smooth and sum to zero. vto falls by tcv a kelvin (its magnitude, \
    for a pmos), kp goes as T^bex, ucrit as T^0.8. Not there: reverse short-channel effect, impact \
    ionisation, avto, akp, agamma. \
    Quantities also: vp, n, if. Noise: 4kT beta Vt |q_I|, kf gm^2/(cox w l f^af), 4kT/rd, 4kT/rs.

    With `uic`, `ic` gives node voltages as far as they follow from it, `.ic` and ground. Of a \
    circuit with several states of rest, `off` takes the one near the rest without the device.
    """
}
