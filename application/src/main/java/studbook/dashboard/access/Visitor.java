package studbook.dashboard.access;

import java.util.Optional;
import studbook.store.access.AccessRole;
import studbook.store.access.SessionRepository.KnownVisitor;

/**
 * Who sends a request.
 *
 * @param known empty for anybody who is not logged in
 * @param role empty if the visitor may see nothing but the login
 * @param byToken whether a token was sent, which no browser adds by itself
 */
public record Visitor(Optional<KnownVisitor> known, Optional<AccessRole> role, boolean byToken) {

  /** Nobody is logged in, and users exist. */
  static final Visitor STRANGER = new Visitor(Optional.empty(), Optional.empty(), false);

  /** There are no users yet, and only this machine is listened to: reading needs no login. */
  static final Visitor LOCAL_READER =
      new Visitor(Optional.empty(), Optional.of(AccessRole.VIEWER), false);

  static Visitor of(KnownVisitor known, boolean byToken) {
    return new Visitor(Optional.of(known), Optional.of(known.role()), byToken);
  }

  public boolean may(AccessRole needed) {
    return role.filter(own -> own.includes(needed)).isPresent();
  }

  public boolean isOperator() {
    return may(AccessRole.OPERATOR);
  }

  /** The user's name; empty without a login. */
  public String name() {
    return known.map(KnownVisitor::name).orElse("");
  }
}
