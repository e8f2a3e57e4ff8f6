package dev.realms.user;

import dev.realms.realm.isolation.Role;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A user to be made. The role may be left out: USER. */
public record CreateUser(
        @NotNull @TextLength(min = 1, max = 200) @VisibleName
        String name,

        @NotNull @TextLength(max = Emails.LONGEST) @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE)
        String email,

        @TextLength(max = 2000) String avatar,
        Role role) {

    public CreateUser {
        name = name == null ? null : name.strip();
        email = email == null ? null : email.strip();
        role = role == null ? Role.USER : role;
    }
}
