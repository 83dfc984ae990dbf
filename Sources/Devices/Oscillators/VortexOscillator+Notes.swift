extension VortexOscillator {
  static let notes = """
    With X the place of the core in the disc's plane, s = |X| / R, v = v(n+) - v(n-) and I = v g \
    the current of one junction, Thiele's equation is

        G e_z x dX/dt - D dX/dt - (k + k' s^2) X + f e_z x X + q I + F_thermal = 0
        G = -2 pi P Ms L / gamma,   D = alpha |G| etad (1 + xi s^2)
        k  = k_0 + C oersted mu0 Ms L R J,   k_0 = (10/9) mu0 Ms^2 L^2 / R,   J = I / (pi R^2)
        k' = quartic k_0 - C oersted mu0 Ms L R J / 2
        f  = hbar eta I / (2 e R^2)
        q  = C average hbar fieldlike / (2 e R) (-p_y, p_x)

    with L the thickness, P the polarity of the core and C the chirality of the vortex. `detuning` \
    multiplies dX/dt. The last force but one is that of the field-like torque of a reference layer \
    with its direction p in the plane: a field hbar fieldlike I / (2 e Ms V) along p. It is what \
    an alternating current locks the core by (Dussaux et al., 2011); without it none does to \
    first order. The layer's mean magnetisation is m = -C average e_z x X / R, and

        g = gp [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR)],   TMR = tmr0 / (1 + (v/vh)^2)

    **Sign.** Positive current from n+ to n- flows along +z and drives a core of positive polarity \
    outwards where eta > 0; it stiffens the potential where C = 1. A core of P = 1 circles \
    counterclockwise seen against z.

    At an operating point, and at the first instant, the core stands at `x`, `y`. The potential is \
    that of small radii with its first correction: a core driven to s = 1 would leave the disc, \
    which is not modelled.

    **Where the constants come from.** k_0 holds for flat discs, L much smaller than R. The \
    two-vortex ansatz gives the energy of a uniform current's Oersted field as \
    (mu0 Ms L R J / 2)(4 pi/15)(1 - (2/7) s^2) X^2 + const: `oersted` would be 4 pi/15, which is \
    0.838, and the field's part of k' -4/7 of its part of k. The default 0.85 is the value of \
    Khvalkovskiy et al., and -1/2 stands in the equations. Their logarithm, \
    ln(radius/(2 lex))/2 + 3/8, is `etad`'s default. xi = 0.5 is a fit, no closed form.

    ### What follows

    Rest is unstable where P f > alpha etad k. The core then circles where \
    (1 + xi s^2)(k + k' s^2) = P f / (alpha etad), at the frequency (k + k' s^2) / (2 pi |G|).

    `N(YVORTEX!<name>:x)`, `y` and `s` print the core's place and `r` the resistance in \
    ohms; `s0` and `f` the orbit's radius and frequency that belong to the current of the moment. \
    `ic`, `f0` and `etad` are told below.

    All of v i is heat in the energy account. Noise in time: Johnson and Nyquist's, and a thermal \
    force of one-sided density 4 k T D in each direction.
    """
}
