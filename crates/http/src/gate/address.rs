//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;
use ipnet::IpNet;

/// Whether the client came by `http` or `https`, as a proxy that we trust says.
pub fn forwarded_proto<'a>(request: &'a HttpRequest, trusted: &[IpNet]) -> Option<&'a str> {
    let peer = request.peer_addr()?.ip();
    let said = request.headers().get("x-forwarded-proto").filter(|_| trusted.iter().any(|net| net.contains(&peer)));
    said?.to_str().ok()?.split(',').next_back().map(str::trim)
}

/// The client's address: the peer, or, where the peer is a proxy that we trust, the last address in
/// `X-Forwarded-For` that is not one.
pub fn peer(request: &HttpRequest, trusted: &[IpNet]) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip());
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !is_trusted(hop)).unwrap_or(peer)
}
