// The rules of the optimisers. `CSeqKernels.h` takes their names from here, `optimizers.inc` what they compute: a rule is
// an entry of the list and a function below it.
#ifndef SEQK_RULES

// An entry: the rule's name in C and in Swift; whether it has a first moment m (ALWAYS, NEVER, or IF_GIVEN), what becomes of
// its second one v while the gradient is 0 (NONE, GROWS: stays, FADES), and whether it has a third one x; how m moves a weight
// whose gradient is 0 (see `drift` in `optimizers.inc`); and, of such a step s, the share of m that it leaves and the greatest
// factor on m.
#define SEQK_RULES(RULE)                                                                                  \
  RULE(SGD, sgd, IF_GIVEN, NONE, false, ALONG_M, (s->first ? 0 : s->momentum), s->rate)                   \
  RULE(RMSPROP, rmsProp, IF_GIVEN, FADES, false, ALONG_M, s->momentum, s->rate)                           \
  RULE(ADAGRAD, adagrad, NEVER, GROWS, false, STILL, 0, s->rate)                                          \
  RULE(ADADELTA, adadelta, ALWAYS, FADES, false, STILL, s->beta2, s->rate)                                \
  RULE(ADAM, adam, ALWAYS, FADES, false, OVER_ROOT, s->beta1, s->rate / s->correction1)                   \
  RULE(AMSGRAD, amsGrad, ALWAYS, FADES, true, OVER_ROOT, s->beta1, s->rate / s->correction1)              \
  RULE(NADAM, nadam, ALWAYS, FADES, false, OVER_ROOT, s->beta1, s->moment_factor)                         \
  RULE(LION, lion, ALWAYS, NONE, false, BY_SIGN, s->beta2, s->rate)

#define SEQK_ENUMERATOR(NAME, swift, ...) SEQK_##NAME __attribute__((swift_name(#swift))),
/// The rules that `seqk_update` knows.
typedef enum __attribute__((enum_extensibility(closed))) { SEQK_RULES(SEQK_ENUMERATOR) } seqk_rule;
#undef SEQK_ENUMERATOR

#endif
#ifdef SEQK_RULE_CODE

// One step of each rule on a vector of weights `a.w`, along the gradient g. `momentum`: whether there is an m.

INLINE movable step_SGD(bool momentum, const seqk_step *s, vec g, movable a) {
  if (momentum) {
    a.m = s->first ? g : s->momentum * a.m + g;
    g = s->nesterov ? g + s->momentum * a.m : a.m;
  }
  a.w = a.w - s->rate * g;
  return a;
}

INLINE movable step_RMSPROP(bool momentum, const seqk_step *s, vec g, movable a) {
  a.v = s->beta2 * a.v + (1 - s->beta2) * g * g;
  vec d = g / (root(a.v) + s->epsilon);
  if (momentum) d = a.m = s->momentum * a.m + d;
  a.w = a.w - s->rate * d;
  return a;
}

INLINE movable step_ADAGRAD(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  a.v = a.v + g * g;
  a.w = a.w - s->rate * g / (root(a.v) + s->epsilon);
  return a;
}

INLINE movable step_ADADELTA(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  a.v = s->beta2 * a.v + (1 - s->beta2) * g * g;
  vec d = root(a.m + s->epsilon) / root(a.v + s->epsilon) * g;
  a.m = s->beta2 * a.m + (1 - s->beta2) * d * d;
  a.w = a.w - s->rate * d;
  return a;
}

// Adam's family: what it divides by √x, x being the second moment or its greatest.
INLINE movable adam_moments(const seqk_step *s, vec g, movable a) {
  a.m = s->beta1 * a.m + (1 - s->beta1) * g;
  a.v = s->beta2 * a.v + (1 - s->beta2) * g * g;
  return a;
}
INLINE vec adam_divided(const seqk_step *s, vec numerator, vec x) {
  float correction = 1 / __builtin_elementwise_sqrt(s->correction2);
  return numerator / (root(x) * correction + s->epsilon);
}

INLINE movable step_ADAM(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  a = adam_moments(s, g, a);
  a.w = a.w - adam_divided(s, s->rate / s->correction1 * a.m, a.v);
  return a;
}

INLINE movable step_AMSGRAD(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  a = adam_moments(s, g, a);
  a.x = choose(a.x > a.v, a.x, a.v);
  a.w = a.w - adam_divided(s, s->rate / s->correction1 * a.m, a.x);
  return a;
}

INLINE movable step_NADAM(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  a = adam_moments(s, g, a);
  a.w = a.w - adam_divided(s, s->gradient_factor * g + s->moment_factor * a.m, a.v);
  return a;
}

INLINE movable step_LION(bool momentum, const seqk_step *s, vec g, movable a) {
  (void)momentum;
  vec u = s->beta1 * a.m + (1 - s->beta1) * g, none = {0};
  vec step = splat(s->rate);
  a.w = a.w - choose(u > none, step, choose(u < none, -step, none));
  a.m = s->beta2 * a.m + (1 - s->beta2) * g;
  return a;
}

#endif
