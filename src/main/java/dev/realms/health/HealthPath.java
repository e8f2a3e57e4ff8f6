package dev.realms.health;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Serves {@code /health} unless the application server has put its own servlet there already, as Payara does. */
@WebListener
public class HealthPath implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext application = event.getServletContext();
        boolean served = application.getServletRegistrations().values().stream()
                .anyMatch(servlet -> servlet.getMappings().contains(HealthServlet.MAPPING));
        if (!served) {
            application.addServlet("health", HealthServlet.class).addMapping(HealthServlet.MAPPING);
        }
    }
}
