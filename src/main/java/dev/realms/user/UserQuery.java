package dev.realms.user;

import dev.realms.realm.isolation.Role;
import dev.realms.web.Cursor;
import dev.realms.web.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;

/** A page of users, one row more than asked for; filters that are null let everybody through. */
record UserQuery(String email, Role role, PageRequest page) {

    List<User> run(EntityManager em) {
        CriteriaBuilder is = em.getCriteriaBuilder();
        CriteriaQuery<User> query = is.createQuery(User.class);
        Root<User> user = query.from(User.class);
        List<Predicate> conditions = new ArrayList<>();
        if (email != null) {
            conditions.add(is.equal(
                    is.function("realms_doors.email_key", String.class, user.get("email")), Emails.key(email)));
        }
        if (role != null) {
            conditions.add(is.equal(user.get("role"), role));
        }
        page.after().ifPresent(last -> conditions.add(after(is, user, last)));
        query.where(conditions.toArray(Predicate[]::new))
                .orderBy(is.desc(user.get("createdAt")), is.desc(user.get("id")));
        return em.createQuery(query).setMaxResults(page.limit() + 1).getResultList();
    }

    private static Predicate after(CriteriaBuilder is, Root<User> user, Cursor.Position last) {
        return is.or(
                is.lessThan(user.get("createdAt"), last.createdAt()),
                is.and(is.equal(user.get("createdAt"), last.createdAt()), is.lessThan(user.get("id"), last.id())));
    }
}
