package dev.realms.web.console;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Leads from a page's folder without its slash to the page. The servers themselves would name a host, and know no path that a proxy puts
 * before ours: what is relative to the address that was asked for is right below every one.
 */
@WebServlet({"/console", "/console/api"})
public class ConsoleFolders extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String folder = request.getServletPath();
        String query = request.getQueryString();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader(
                "Location", folder.substring(folder.lastIndexOf('/') + 1) + "/" + (query == null ? "" : "?" + query));
    }
}
